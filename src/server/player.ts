import { KEEP_ALIVE } from '../sse/encode';
import type { FaultStep, Script, SendStep, StatusStep } from '../sse/script';
import type { Connection } from './connection';
import type { Stopwatch } from './stopwatch';

/** A stream of which all is sent gets a comment so often, in milliseconds (WHATWG HTML §9.2.7). */
const KEEP_ALIVE_INTERVAL = 15_000;
/** How long a client may leave unread what it was sent, in milliseconds. */
const READ_PATIENCE = 30_000;
/** What is due at one time is written in pieces of this size, in bytes, or one step more. */
const WRITE_SIZE = 64 * 1024;
/** A loop that is later than this, in milliseconds, as after the machine has slept, leaves out the rounds that it has missed. */
const LOOP_PATIENCE = 1000;
/** So much may wait to be published behind an event that is under way, in bytes. */
const MAX_HELD = 4 * 1024 * 1024;

const LF = 10;
const CR = 13;

/** Where in a script a connection begins, and when. */
export interface Beginning {
  /** The index of the first step. */
  from: number;
  /** Up to this index faults are passed over. */
  faultsFrom: number;
  /** When the script's beginning was or would have been, on the clock. */
  start: number;
}

export interface PlayerOptions {
  connection: Connection;
  script: Script;
  /** While it is paused, nothing is played. */
  clock: Stopwatch;
  beginning: Beginning;
  /** How many times as fast as the file says. */
  speed: number;
  /** The next request for a stream shall be answered so. */
  onStatus(step: StatusStep): void;
  /** `event` or `state` has changed. */
  onChange(): void;
}

/** Plays a script on one connection: each step at its time, none sooner than the client reads. */
export class Player {
  readonly #options: PlayerOptions;
  #script: Script;
  #index: number;
  #faultsFrom: number;
  #start: number;
  #event: number;
  #state: 'playing' | 'stalled' | 'over' = 'playing';
  /** Whether a block of lines is open: what is published has to wait for its end. */
  #inBlock = false;
  #inLine = false;
  #held: Uint8Array[] = [];
  #heldSize = 0;
  #timer: NodeJS.Timeout | undefined;
  #draining = false;

  constructor(options: PlayerOptions) {
    this.#options = options;
    this.#script = options.script;
    const { from, faultsFrom, start } = options.beginning;
    [this.#index, this.#faultsFrom, this.#start] = [from, faultsFrom, start];
    this.#event = eventsBefore(options.script, from);
  }

  /** How many of the file's events the client has got, those before the one that it resumed at counted too. */
  get event(): number {
    return this.#event;
  }

  /** `over`: all is sent, and the stream stays open. */
  get state(): 'playing' | 'stalled' | 'over' {
    return this.#state;
  }

  /** Sends what is due, and goes on by itself from there; while the clock is paused, nothing. */
  play(): void {
    clearTimeout(this.#timer);
    if (this.#state === 'over') this.#keepAlive();
    const { clock, connection, speed } = this.#options;
    const { now } = clock;
    while (this.#state === 'playing' && !clock.paused && !this.#draining) {
      const step = this.#script.steps[this.#index];
      const due = step ? this.#start + step.offset / speed : now;
      if (!step) {
        this.#finish();
      } else if (due > now) {
        // Node cuts a delay to whole milliseconds: rounded up, a step isn't early by the fraction.
        this.#timer = setTimeout(() => this.play(), Math.ceil(due - now));
        return;
      } else if (connection.isFull) {
        this.#awaitDrain();
      } else {
        this.#index += 1;
        if (step.kind === 'send') this.#send(step);
        else if (step.kind === 'loop') this.#loop(step.offset / speed, now);
        else this.#fault(step);
      }
    }
  }

  /** Sends nothing more of the file until `play`. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Begins a script at its beginning. An event that is under way is sent to its end first. */
  restart(script: Script, start: number): void {
    for (const step of this.#script.steps.slice(this.#index)) {
      if (!this.#inBlock) break;
      if (step.kind === 'send') this.#write(step);
    }
    [this.#script, this.#index, this.#faultsFrom, this.#start, this.#event] = [script, 0, 0, start, 0];
    this.#state = 'playing';
    this.#options.onChange();
    this.play();
  }

  /** Sends what isn't of the file, behind the event that is under way. @returns whether it will be sent */
  publish(bytes: Uint8Array): boolean {
    if (this.#state === 'stalled' || this.#heldSize + bytes.length > MAX_HELD) return false;
    this.#held.push(bytes);
    this.#heldSize += bytes.length;
    this.#release();
    return true;
  }

  /** Sends the step, and those that are due with it. */
  #send(first: SendStep & { offset: number }): void {
    const { steps } = this.#script;
    let size = 0;
    let step: SendStep | undefined = first;
    const due: SendStep[] = [];
    while (step) {
      if (!step.cutOff || this.#index > this.#faultsFrom) due.push(step);
      size += step.bytes.length;
      const next = steps[this.#index];
      step = next?.kind === 'send' && next.offset === first.offset && size < WRITE_SIZE ? next : undefined;
      if (step) this.#index += 1;
    }
    const last = due.at(-1);
    if (!last) return;
    const bytes = due.length === 1 ? last.bytes : Buffer.concat(due.map((one) => one.bytes));
    this.#write({ ...last, bytes });
    this.#options.onChange();
  }

  #write({ bytes, events, closed }: SendStep): void {
    this.#options.connection.write(bytes, Math.max(0, events - this.#event));
    this.#event = events;
    this.#inBlock = !closed;
    this.#inLine = bytes.at(-1) !== LF && bytes.at(-1) !== CR;
    this.#release();
  }

  /** Sends what was published, unless an event is under way. */
  #release(): void {
    if (this.#inBlock || this.#heldSize === 0) return;
    const bytes = Buffer.concat(this.#held);
    [this.#held, this.#heldSize] = [[], 0];
    this.#options.connection.write(bytes);
  }

  #loop(duration: number, now: number): void {
    const late = now - this.#start - duration;
    const rounds = late > LOOP_PATIENCE ? Math.floor(late / duration) + 1 : 1;
    this.#start += rounds * duration;
    [this.#index, this.#faultsFrom, this.#event] = [0, 0, 0];
  }

  #fault(step: FaultStep | StatusStep): void {
    if (this.#index <= this.#faultsFrom) return;
    const { connection, onStatus, onChange } = this.#options;
    if (step.kind === 'status') {
      onStatus(step);
      return;
    }
    // What the next request is answered with may stand behind the fault that makes the client ask again.
    for (let next = this.#script.steps[this.#index]; next?.kind === 'status'; next = this.#script.steps[this.#index]) {
      onStatus(next);
      this.#index += 1;
    }
    this.#state = 'stalled';
    if (step.kind === 'drop') void connection.breakOff();
    else if (step.kind === 'reset') void connection.reset();
    else if (step.kind === 'end') void connection.end();
    onChange();
  }

  #finish(): void {
    this.#state = 'over';
    // The file's last event may lack its blank line: what is published comes all the same.
    this.#inBlock = false;
    this.#release();
    this.#options.onChange();
    this.#keepAlive();
  }

  #keepAlive(): void {
    this.#timer = setTimeout(() => {
      if (!this.#inLine) this.#options.connection.write(KEEP_ALIVE);
      this.#keepAlive();
    }, KEEP_ALIVE_INTERVAL);
  }

  #awaitDrain(): void {
    const { connection } = this.#options;
    this.#draining = true;
    this.#timer = setTimeout(() => connection.cutOff(), READ_PATIENCE);
    connection.onceDrained(() => {
      this.#draining = false;
      this.play();
    });
  }
}

/** How many events there are before that step. */
export function eventsBefore({ steps }: Script, index: number): number {
  for (let at = index - 1; at >= 0; at -= 1) {
    const step = steps[at];
    if (step?.kind === 'send') return step.events;
  }
  return 0;
}
