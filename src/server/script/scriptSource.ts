import { firstPosition, isOver, resumePosition, sharedPosition } from '../../script/position';
import type { Script } from '../../script/script';
import type { Turns } from '../../turns/turns';
import { DRAIN_TIMEOUT } from '../http/blockWriter';
import { BadOptionError } from '../http/query';
import { QueuedBytes } from '../http/queuedBytes';
import { PublishedEvents } from '../publish/publishedEvents';
import type { Play, Publication, StreamAnswer, StreamSink, StreamSource } from '../source';
import { type LeftPlace, LeftPlaces } from './leftPlaces';
import { OldScripts, type ScriptKeeper } from './oldScripts';
import { type Played, type Playing, placeBehindPublished } from './played';
import { Refusals } from './refusals';
import { ScriptPlayer } from './scriptPlayer';
import { readSpeed } from './speed';
import { Stopwatch } from './stopwatch';

export interface ScriptSourceOptions {
  /** Those of all servers of the process. Default: of this one alone. */
  oldScripts?: OldScripts | undefined;
  /** So many clients were dropped, as they were played an old version of the file, and these hold too much. */
  onGiveUp?(count: number): void;
  /** Those of all servers of the process: together they leave others their turn. */
  turns: Turns;
  /** Called when anything that can be asked of it has changed; it may be called often. */
  onChange(): void;
  /** How long a client may leave unread what it was sent, in milliseconds. Default: 30,000. */
  patience?: number;
}

/** Plays a file of an event stream to whoever asks. It holds nothing open by itself: what it plays ends with the connections. */
export class ScriptSource implements StreamSource, ScriptKeeper {
  readonly #options: ScriptSourceOptions;
  readonly #clock = new Stopwatch();
  readonly #played = new Map<number, Played>();
  readonly #held = new QueuedBytes();
  readonly #oldScripts: OldScripts;
  readonly #refusals = new Refusals();
  readonly #published = new PublishedEvents();
  readonly #left = new LeftPlaces();
  #script: Script;
  #shared = false;
  /** When the shared timeline began, on the clock. */
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

  /** What is played to new connections. */
  get script(): Script {
    return this.#script;
  }

  get paused(): boolean {
    return this.#clock.paused;
  }

  /** Whether all connections share one timeline; else each begins at the file's beginning. Default: no. */
  get shared(): boolean {
    return this.#shared;
  }

  /** How many requests for a stream are going to be refused. */
  get refusals(): number {
    return this.#refusals.count;
  }

  /** The oldest first. */
  get connections(): Iterable<Played> {
    return this.#played.values();
  }

  /** Plays the script to connections that are opened from here on; a shared timeline begins anew for them. */
  load(script: Script): void {
    const old = this.#script;
    this.#script = script;
    this.#sharedStart = this.#clock.now;
    if (old !== script) {
      this.#oldScripts.add(old, this);
      this.#left.clear();
    }
    this.#refusals.begin(script);
    this.#options.onChange();
  }

  plays(script: Script): boolean {
    return [...this.#played.values()].some(({ player }) => player.plays(script));
  }

  giveUp(script: Script): void {
    const given = [...this.#played.values()].filter(({ player }) => player.plays(script));
    for (const { connection } of given) this.#options.turns.add(() => letGo(connection));
    if (given.length > 0) this.#options.onGiveUp?.(given.length);
  }

  /** Holds what is played, for all; or goes on where it was held. What is published is sent all the same. */
  pause(paused: boolean): void {
    if (paused) this.#clock.pause();
    else this.#clock.resume();
    for (const { player } of this.#played.values()) if (player.state === 'playing') player.play();
    this.#options.onChange();
  }

  /** Plays the file from its beginning, on each connection. An event that is under way is sent to its end first. */
  restart(): void {
    this.#refusals.begin(this.#script);
    this.#beginAnew();
  }

  #beginAnew(): void {
    this.#sharedStart = this.#clock.now;
    for (const { player } of this.#played.values()) player.restart(this.#script, this.#sharedStart);
    this.#options.onChange();
  }

  /** Lets all connections share one timeline, which begins at once; or each that is opened from here on has its own. */
  share(shared: boolean): void {
    this.#shared = shared;
    if (shared) this.#beginAnew();
    else this.#options.onChange();
  }

  /** Refuses so many requests for a stream with 503, in place of those that were to be refused; 0: none. @param reason a sentence for the client */
  refuse(times: number, reason = 'Refused, as was asked for.'): void {
    this.#refusals.ask(times, reason);
    this.#options.onChange();
  }

  /** Breaks off the connection of that id, if it is still there. */
  drop(id: number): void {
    void this.#played.get(id)?.connection.breakOff();
  }

  /** Breaks off all connections that there are, as they get their turn. */
  dropAll(): void {
    for (const id of this.#played.keys()) this.#options.turns.add(() => this.drop(id));
  }

  /** Sends the bytes on every connection; clients that come again with one of the ids go on behind it. */
  publish({ bytes, ids }: Publication): number | undefined {
    if (!this.#held.fits(bytes)) return undefined;
    this.#published.add({ bytes, ids }, this.#clock.now);
    const id = ids.at(-1)?.id;
    const takers = [...this.#played.values()].filter(({ player }) => player.publish(bytes));
    // An empty id takes away the one before.
    for (const taker of id === undefined ? [] : takers)
      taker.published = id ? { id, script: taker.player.script, index: taker.player.place.index } : undefined;
    return takers.length;
  }

  openStream(text: string, lastEventId: string | undefined, forHead = false): StreamAnswer {
    try {
      const speed = readSpeed(text);
      if (this.#shared && speed !== undefined)
        throw new BadOptionError('`speed` is not available while connections share one timeline.');
      const refusal = this.#refusals.next;
      // A head says what the next one would get, and takes nothing from it.
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
    const missed = resumed ? undefined : this.#published.behind(id);
    const left = resumed ?? this.#placeOf(id);
    const beginning = this.#shared
      ? sharedPosition(script, resumed, this.#sharedStart, { time: missed?.time ?? now, now })
      : left
        ? { ...left, start: now - left.offset / speed }
        : firstPosition(script, now, speed);
    if (!missed?.pieces.length && isOver(script, beginning)) return { status: 204 };
    const play: Play = (connection) => {
      if (!resumed) this.#left.take(id);
      const lastId = missed?.lastId ?? (resumed || !left ? '' : id);
      const published = lastId === '' ? undefined : { id: lastId, script, index: beginning.from };
      return this.#play(connection, { script, beginning, speed, missed: missed?.pieces ?? [], published });
    };
    return { status: 200, play };
  }

  /** Returns the place of a client that comes again with a published id: of the next that left with it, or hasn't been seen to leave. */
  #placeOf(id: string): LeftPlace | undefined {
    if (id === '') return undefined;
    const playing = [...this.#played.values()].filter(({ published }) => published?.id === id);
    return this.#left.next(id) ?? playing.flatMap((one) => placeBehindPublished(one, this.#script) ?? [])[0];
  }

  #play(connection: StreamSink, { script, beginning, speed, missed, published }: Playing): ReturnType<Play> {
    this.#count += 1;
    const id = this.#count;
    const { turns, onChange, patience = DRAIN_TIMEOUT } = this.#options;
    const player = new ScriptPlayer({
      sink: connection,
      script,
      clock: this.#clock,
      beginning,
      speed,
      turns,
      patience,
      held: this.#held,
      onStatus: (step) => this.#refusals.add(step, id) && onChange(),
      onChange: () => onChange(),
    });
    const played: Played = { id, connection, player, published };
    this.#played.set(id, played);
    for (const bytes of missed) player.publish(bytes);
    player.play();
    return () => {
      const place = placeBehindPublished(played, this.#script);
      if (place && played.published) this.#left.add(played.published.id, place);
      player.stop();
      if (this.#played.delete(id)) onChange();
    };
  }
}

/** Of what waits for a client that doesn't read, the system would hold the whole file. */
function letGo(connection: StreamSink): void {
  if (connection.isFull) connection.cutOff();
  else void connection.breakOff();
}
