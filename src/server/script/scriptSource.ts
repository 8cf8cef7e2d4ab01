import { firstPosition, isOver, resumePosition, sharedPosition } from '../../script/position';
import type { Script } from '../../script/script';
import type { Turns } from '../../turns/turns';
import { DRAIN_TIMEOUT } from '../http/blockWriter';
import { BadOptionError } from '../http/query';
import { QueuedBytes } from '../http/queuedBytes';
import { PublishedEvents } from '../publish/publishedEvents';
import type { Play, Publication, StreamAnswer, StreamSink, StreamSource } from '../source';
import { type LeftPosition, LeftPositions } from './leftPositions';
import { OldScripts, type ScriptKeeper } from './oldScripts';
import { type Played, type Playing, positionAfterPublished } from './played';
import { Refusals } from './refusals';
import { ScriptPlayer } from './scriptPlayer';
import { readSpeed } from './speed';
import { Stopwatch } from './stopwatch';

export interface ScriptSourceOptions {
  /** Old scripts of all servers of the process. Default: of this server alone. */
  oldScripts?: OldScripts | undefined;
  /** Called with the number of clients disconnected because the old versions played to them took too much memory. */
  onGiveUp?(count: number): void;
  /** Turns shared by all servers of the process. */
  turns: Turns;
  /** Called, possibly often, when any public property has changed. */
  onChange(): void;
  /** Time a client may take to drain its socket, in milliseconds. Default: 30,000. */
  drainTimeout?: number;
}

/** A source that plays a script to every client. It needs no disposal: players stop when their connections end. */
export class ScriptSource implements StreamSource, ScriptKeeper {
  readonly #options: ScriptSourceOptions;
  readonly #clock = new Stopwatch();
  readonly #played = new Map<number, Played>();
  readonly #queuedBytes = new QueuedBytes();
  readonly #oldScripts: OldScripts;
  readonly #refusals = new Refusals();
  readonly #published = new PublishedEvents();
  readonly #leftPositions = new LeftPositions();
  #script: Script;
  #shared = false;
  /** Time at which the shared timeline began, on `#clock`. */
  #sharedStart = 0;
  #count = 0;

  constructor(script: Script, options: ScriptSourceOptions) {
    this.#script = script;
    this.#options = options;
    this.#oldScripts = options.oldScripts ?? new OldScripts();
    this.#refusals.begin(script);
  }

  get streamMethod(): 'GET' | 'POST' {
    return this.#script.method;
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
      this.#leftPositions.clear();
    }
    this.#refusals.begin(script);
    this.#options.onChange();
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
    this.#options.onChange();
  }

  /** Restarts the script on every connection. An event in progress is sent to its end first. */
  restart(): void {
    this.#refusals.begin(this.#script);
    this.#restartAll();
  }

  #restartAll(): void {
    this.#sharedStart = this.#clock.now;
    for (const { player } of this.#played.values()) player.restart(this.#script, this.#sharedStart);
    this.#options.onChange();
  }

  /** Sets whether all connections share one timeline, which then begins at once; else new connections have their own. */
  share(shared: boolean): void {
    this.#shared = shared;
    if (shared) this.#restartAll();
    else this.#options.onChange();
  }

  /**
   * Refuses the next requests for a stream with 503; replaces all pending refusals.
   * @param times number of requests; 0 removes the pending refusals
   * @param reason a sentence for the client
   */
  refuse(times: number, reason = 'Refused, as was asked for.'): void {
    this.#refusals.ask(times, reason);
    this.#options.onChange();
  }

  /** Drops the connection of that id, if it is still open. */
  drop(id: number): void {
    void this.#played.get(id)?.connection.breakOff();
  }

  /** Drops all open connections, in turns. */
  dropAll(): void {
    for (const id of this.#played.keys()) this.#options.turns.add(() => this.drop(id));
  }

  /** Sends a publication on every connection; clients that reconnect with one of its ids resume after it. */
  publish({ bytes, ids }: Publication): number | undefined {
    if (!this.#queuedBytes.fits(bytes)) return undefined;
    this.#published.add({ bytes, ids }, this.#clock.now);
    const id = ids.at(-1)?.id;
    const takers = [...this.#played.values()].filter(({ player }) => player.publish(bytes));
    // An empty id resets the previous one.
    for (const taker of id === undefined ? [] : takers)
      taker.published = id ? { id, script: taker.player.script, index: taker.player.position.index } : undefined;
    return takers.length;
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
        this.#options.onChange();
      }
      return refusal ?? this.#reply(speed ?? 1, lastEventId);
    } catch (error) {
      if (error instanceof BadOptionError) return { status: 400, reason: error.message };
      throw error;
    }
  }

  #reply(speed: number, lastEventId = ''): StreamAnswer {
    const [script, { now }] = [this.#script, this.#clock];
    const id = lastEventId.trim();
    const resumed = resumePosition(script, id);
    const missed = resumed ? undefined : this.#published.after(id);
    const left = resumed ?? this.#leftPositionOf(id);
    const beginning = this.#shared
      ? sharedPosition(script, resumed, this.#sharedStart, { time: missed?.time ?? now, now })
      : left
        ? { ...left, start: now - left.offset / speed }
        : firstPosition(script, now, speed);
    if (!missed?.pieces.length && isOver(script, beginning)) return { status: 204 };
    const play: Play = (connection) => {
      if (!resumed) this.#leftPositions.take(id);
      const lastId = missed?.lastId ?? (resumed || !left ? '' : id);
      const published = lastId === '' ? undefined : { id: lastId, script, index: beginning.from };
      return this.#play(connection, { script, beginning, speed, missed: missed?.pieces ?? [], published });
    };
    return { status: 200, play };
  }

  /** Returns the resume position after a published id: of a client that left with it, or is still connected with it. */
  #leftPositionOf(id: string): LeftPosition | undefined {
    if (id === '') return undefined;
    const playing = [...this.#played.values()].filter(({ published }) => published?.id === id);
    return this.#leftPositions.next(id) ?? playing.flatMap((one) => positionAfterPublished(one, this.#script) ?? [])[0];
  }

  #play(connection: StreamSink, { script, beginning, speed, missed, published }: Playing): ReturnType<Play> {
    this.#count += 1;
    const id = this.#count;
    const { turns, onChange, drainTimeout = DRAIN_TIMEOUT } = this.#options;
    const player = new ScriptPlayer({
      sink: connection,
      script,
      clock: this.#clock,
      beginning,
      speed,
      turns,
      drainTimeout,
      queuedBytes: this.#queuedBytes,
      onStatus: (step) => this.#refusals.add(step, id) && onChange(),
      onChange: () => onChange(),
    });
    const played: Played = { id, connection, player, published };
    this.#played.set(id, played);
    for (const bytes of missed) player.publish(bytes);
    player.play();
    return () => {
      const position = positionAfterPublished(played, this.#script);
      if (position && played.published) this.#leftPositions.add(played.published.id, position);
      player.stop();
      if (this.#played.delete(id)) onChange();
    };
  }
}

/** Disconnects a client. A full socket is cut off: its unsent data would keep the whole script in memory. */
function disconnect(connection: StreamSink): void {
  if (connection.isFull) connection.cutOff();
  else void connection.breakOff();
}
