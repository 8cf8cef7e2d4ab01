import { RandomPauses } from '../../script/randomPauses';
import type { Script } from '../../script/script';
import { SPEED } from '../defaults';
import { DRAIN_TIMEOUT } from '../http/blockWriter';
import { BadOptionError } from '../http/query';
import { QueuedBytes } from '../http/queuedBytes';
import type { Play, Publication, Refusal, StreamAnswer, StreamRoute, StreamSink, StreamSource } from '../source';
import { OldScripts, type ScriptKeeper } from './oldScripts';
import { disconnect, type Played } from './played';
import { Refusals } from './refusals';
import { ScriptConnection } from './scriptConnection';
import { ScriptControl } from './scriptControl';
import { ScriptPlayer } from './scriptPlayer';
import type { ScriptSourceOptions } from './scriptSourceOptions';
import { readSpeed } from './speed';
import { type Playing, StartPositions } from './startPositions';
import { Stopwatch } from './stopwatch';

/** A source that plays a script to every client. It needs no disposal: players stop when their connections end. */
export class ScriptSource implements StreamSource, ScriptKeeper {
  readonly control: ScriptControl;
  readonly #options: ScriptSourceOptions;
  readonly #clock = new Stopwatch();
  readonly #played = new Map<number, Played>();
  readonly #queuedBytes = new QueuedBytes();
  readonly #oldScripts: OldScripts;
  readonly #refusals = new Refusals();
  readonly #positions = new StartPositions();
  readonly #pauses: RandomPauses;
  #script: Script;
  #speed: number;
  #shared = false;
  /** Time at which the shared timeline began, on `#clock`. */
  #sharedStart = 0;
  #count = 0;

  constructor(script: Script, options: ScriptSourceOptions) {
    [this.#script, this.#options, this.#speed] = [script, options, options.speed ?? SPEED.default];
    this.#oldScripts = options.oldScripts ?? new OldScripts();
    const shared = { played: this.#played, refusals: this.#refusals, turns: options.turns };
    this.control = new ScriptControl({ ...shared, onChange: () => this.#changed() });
    this.#refusals.begin(script);
    this.#pauses = new RandomPauses(options.seed);
  }

  get streamMethod(): 'GET' | 'POST' {
    return this.#script.method;
  }

  get route(): StreamRoute {
    return this.#script.reply;
  }

  get eventTypes(): Iterable<string> {
    return this.#script.eventTypes;
  }

  /** The script that is played to new connections. */
  get script(): Script {
    return this.#script;
  }

  get paused(): boolean {
    return this.#clock.paused;
  }

  /** Whether all connections share one timeline; else each begins at the file's beginning. Default: false. */
  get shared(): boolean {
    return this.#shared;
  }

  /** Factor by which connections that are opened from now on are played faster; a new one restarts a shared timeline. */
  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
    this.#speed = speed;
    if (this.#shared) this.#restartAll();
  }

  /** Number of pending refusals. */
  get refusals(): number {
    return this.#refusals.count;
  }

  /** The open connections, the oldest first. */
  get connections(): Iterable<Played> {
    return this.#played.values();
  }

  /** Plays the script to connections that are opened from now on; restarts a shared timeline for them. */
  load(script: Script): void {
    const old = this.#script;
    this.#script = script;
    this.#sharedStart = this.#clock.now;
    if (old !== script) {
      this.#oldScripts.add(old, this);
      this.#positions.clear();
    }
    this.#refusals.begin(script);
    this.#changed();
  }

  plays(script: Script): boolean {
    return [...this.#played.values()].some(({ player }) => player.plays(script));
  }

  giveUp(script: Script): void {
    const given = [...this.#played.values()].filter(({ player }) => player.plays(script));
    for (const { connection } of given) this.#options.turns.add(() => disconnect(connection));
    if (given.length > 0) this.#options.onGiveUp?.(given.length);
  }

  /** Pauses the script for all connections, or resumes it. Publications are still sent while it is paused. */
  pause(paused: boolean): void {
    if (paused) this.#clock.pause();
    else this.#clock.resume();
    for (const { player } of this.#played.values()) if (player.state === 'playing') player.play();
    this.#changed();
  }

  /** Restarts the script on every connection. An event in progress is sent to its end first. */
  restart(): void {
    this.#refusals.begin(this.#script);
    this.#restartAll();
  }

  #restartAll(): void {
    this.#sharedStart = this.#clock.now;
    const speed = this.#shared ? this.#speed : undefined;
    for (const { player } of this.#played.values()) player.restart(this.#script, this.#sharedStart, speed);
    this.#changed();
  }

  /** Sets whether all connections share one timeline, which then begins at once; else new connections have their own. */
  share(shared: boolean): void {
    this.#shared = shared;
    if (shared) this.#restartAll();
    else this.#changed();
  }

  /**
   * Refuses the next requests for a stream with 503; replaces all pending refusals.
   * @param times number of requests; 0 removes the pending refusals
   * @param reason a sentence for the client
   */
  refuse(times: number, reason = 'Refused, as was asked for.'): void {
    this.#refusals.ask(times, reason);
    this.#changed();
  }

  /** Sends a publication on every connection; clients that reconnect with one of its ids resume after it. */
  publish(publication: Publication): number | undefined {
    if (!this.#queuedBytes.fits(publication.bytes)) return undefined;
    this.#positions.publish(publication, this.#clock.now);
    const id = publication.ids.at(-1)?.id;
    const takers = [...this.#played.values()].filter(({ player }) => player.publish(publication));
    // An empty id resets the previous one.
    for (const taker of id === undefined ? [] : takers)
      taker.published = id ? { id, script: taker.player.script, index: taker.player.position.index } : undefined;
    this.#options.onPublish?.(publication, takers.length);
    return takers.length;
  }

  #changed(): void {
    this.#options.onChange();
    this.control.noteChange();
  }

  openStream(text: string, lastEventId: string | undefined, forHead = false): StreamAnswer {
    try {
      const speed = readSpeed(text);
      if (this.#shared && speed !== undefined)
        throw new BadOptionError('`speed` is not available while connections share one timeline.');
      const refusal = this.#refusals.next;
      // A HEAD request gets the next refusal, but doesn't consume it.
      if (refusal && !forHead) {
        this.#refusals.shift();
        this.#changed();
      }
      return refusal ?? this.#reply(speed ?? this.#speed, lastEventId);
    } catch (error) {
      if (error instanceof BadOptionError) return { status: 400, reason: error.message };
      throw error;
    }
  }

  #reply(speed: number, lastEventId = ''): StreamAnswer {
    const { headers, headDelay } = this.#script.reply;
    const playing = this.#playing(speed, lastEventId);
    if ('status' in playing) return playing;
    const play: Play = (connection) => {
      // The script begins with the head, however late that comes; a shared timeline may have ended meanwhile.
      const begun = headDelay > 0 ? this.#playing(speed, lastEventId) : playing;
      if ('beginning' in begun) return this.#play(connection, begun, lastEventId);
      void connection.end();
      return () => {};
    };
    return {
      status: 200,
      headers: this.#options.ignoresHeaders?.() ? [] : headers,
      headDelay: headDelay / speed,
      play,
    };
  }

  #playing(ownSpeed: number, lastEventId: string): Playing | Refusal {
    const [speed, sharedStart] = this.#shared ? [this.#speed, this.#sharedStart] : [ownSpeed, undefined];
    const sharedDelays = this.#pauses.shared(this.#script);
    const timeline = { script: this.#script, speed, now: this.#clock.now, sharedStart, sharedDelays };
    return this.#positions.of(lastEventId, timeline, this.#played.values());
  }

  #play(connection: StreamSink, playing: Playing, lastEventId: string): ReturnType<Play> {
    this.#positions.take(playing);
    this.#count += 1;
    const id = this.#count;
    const { turns, onOpen, drainTimeout = DRAIN_TIMEOUT } = this.#options;
    const { script, speed, beginning } = playing;
    const player = new ScriptPlayer({
      script,
      speed,
      beginning,
      sink: connection,
      clock: this.#clock,
      delaysOf: this.#pauses.of(id, () => this.#shared),
      turns,
      drainTimeout,
      queuedBytes: this.#queuedBytes,
      onStatus: (step) => this.#refusals.add(step, id) && this.#changed(),
      onChange: () => this.#changed(),
      onTurn: () => this.control.noteChange(),
    });
    const opened = new ScriptConnection(id, connection, lastEventId);
    const played: Played = { id, connection, opened, player, published: playing.published };
    this.#played.set(id, played);
    onOpen?.(opened, connection);
    this.control.noteOpened(opened);
    for (const blocks of playing.missed) player.publish(blocks);
    player.play();
    return () => {
      this.#positions.leave(played, this.#script);
      player.stop();
      opened.close();
      if (this.#played.delete(id)) this.#changed();
    };
  }
}
