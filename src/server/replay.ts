import type { Script, StatusStep } from '../sse/script';
import type { Turns } from '../turns/turns';
import { READ_PATIENCE } from './blockWriter';
import type { Bodies } from './bodies';
import type { Connection, Play } from './connection';
import { HeldBytes } from './heldBytes';
import { OldScripts, type ScriptPlayer } from './oldScripts';
import { Player } from './player';
import { Publisher } from './publisher';
import { BadOptionError, Query } from './query';
import { type Beginning, beginningAt, behind, isOver } from './scriptPlace';
import { Stopwatch } from './stopwatch';
import type { Refusal, StreamAnswer, StreamSource } from './streamSource';

/** So many refusals may wait. */
const MAX_REFUSALS = 1000;

/** One connection that a file is played on. */
export interface Played {
  /** From 1, in the order in which they were opened. */
  id: number;
  connection: Connection;
  player: Player;
}

export interface ReplayOptions {
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
export class Replay implements StreamSource, ScriptPlayer {
  readonly #options: ReplayOptions;
  readonly #clock = new Stopwatch();
  readonly #played = new Map<number, Played>();
  readonly #held = new HeldBytes();
  readonly #oldScripts: OldScripts;
  #script: Script;
  #shared = false;
  /** When the shared timeline began, on the clock. */
  #sharedStart = 0;
  /** Which step of a file asks for it, on which connection; neither: a person does. */
  #refusals: { refusal: Refusal; step?: StatusStep; id?: number }[] = [];
  #count = 0;

  constructor(script: Script, options: ReplayOptions) {
    this.#script = script;
    this.#options = options;
    this.#oldScripts = options.oldScripts ?? new OldScripts();
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
    return this.#refusals.length;
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
    if (old !== script) this.#oldScripts.add(old, this);
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
    this.#sharedStart = this.#clock.now;
    for (const { player } of this.#played.values()) player.restart(this.#script, this.#sharedStart);
    this.#options.onChange();
  }

  /** Lets all connections share one timeline, which begins at once; or each that is opened from here on has its own. */
  share(shared: boolean): void {
    this.#shared = shared;
    if (shared) this.restart();
    else this.#options.onChange();
  }

  /** Refuses so many requests for a stream with 503, in place of those that were to be refused; 0: none. */
  refuse(times: number): void {
    const refusal = { status: 503, reason: 'Refused, as was asked for in VS Code.' };
    this.#refusals = Array.from({ length: times }, () => ({ refusal }));
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

  publish(bytes: Uint8Array): number | undefined {
    if (!this.#held.fits(bytes)) return undefined;
    return [...this.#played.values()].filter(({ player }) => player.publish(bytes)).length;
  }

  newPublisher(bodies: Bodies, turns: Turns): Publisher {
    return new Publisher((bytes) => this.publish(bytes), bodies, turns);
  }

  openStream(text: string, lastEventId: string | undefined, forHead = false): StreamAnswer {
    try {
      const speed = new Query(text, ['speed'], 'ignored').single('speed', 'a number from 0.1 to 1000', readSpeed);
      if (this.#shared && speed !== undefined)
        throw new BadOptionError('While all connections share one timeline, there is no "speed" of one’s own.');
      const refusal = this.#refusals[0]?.refusal;
      // A head says what the next one would get, and takes nothing from it.
      if (refusal && !forHead) {
        this.#refusals.shift();
        this.#options.onChange();
      }
      return refusal ?? this.#answer(speed ?? 1, lastEventId);
    } catch (error) {
      if (error instanceof BadOptionError) return { status: 400, reason: error.message };
      throw error;
    }
  }

  #answer(speed: number, lastEventId: string | undefined): StreamAnswer {
    const script = this.#script;
    const { now } = this.#clock;
    const resumed = behind(script, lastEventId);
    const place = this.#shared ? beginningAt(script, this.#sharedStart, now) : { from: 0, faultsFrom: 0, start: now };
    const beginning = resumed
      ? { ...resumed, start: this.#shared ? place.start : now - resumed.offset / speed }
      : place;
    if (isOver(script, beginning)) return { status: 204 };
    return { status: 200, play: (connection) => this.#play(connection, script, beginning, speed) };
  }

  #play(connection: Connection, script: Script, beginning: Beginning, speed: number): ReturnType<Play> {
    this.#count += 1;
    const id = this.#count;
    const { turns, onChange, patience = READ_PATIENCE } = this.#options;
    const player = new Player({
      connection,
      script,
      clock: this.#clock,
      beginning,
      speed,
      turns,
      patience,
      held: this.#held,
      onStatus: (step) => this.#refuseNext(step, id),
      onChange: () => onChange(),
    });
    this.#played.set(id, { id, connection, player });
    player.play();
    return () => {
      player.stop();
      if (this.#played.delete(id)) onChange();
    };
  }

  #refuseNext(step: StatusStep, id: number): void {
    if (this.#refusals.length >= MAX_REFUSALS) return;
    // In a loop, one and the same connection comes to it again and again: it is for one request.
    if (this.#refusals.some((waiting) => waiting.step === step && waiting.id === id)) return;
    const { status, retryAfter } = step;
    // Without a body, as 204 has none (RFC 9110 §15.3.5).
    const refusal = status === 204 ? { status } : { status, retryAfter, reason: 'Refused, as the file says.' };
    this.#refusals.push({ refusal, step, id });
    this.#options.onChange();
  }
}

/** Of what waits for a client that doesn't read, the system would hold the whole file. */
function letGo(connection: Connection): void {
  if (connection.isFull) connection.cutOff();
  else void connection.breakOff();
}

function readSpeed(value: string): number | undefined {
  const speed = /^\d{1,4}(\.\d{1,6})?$/.test(value) ? Number(value) : Number.NaN;
  return speed >= 0.1 && speed <= 1000 ? speed : undefined;
}
