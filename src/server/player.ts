import { hasMark, MARK_SIZE } from '../sse/bytes';
import type { FaultStep, Script, SendStep, StatusStep, Step } from '../sse/script';
import { BlockWriter, JOINED_SIZE } from './blockWriter';
import type { Connection } from './connection';
import { type Beginning, eventsBefore } from './scriptPlace';
import type { Stopwatch } from './stopwatch';

/** A stream of which all is sent gets a comment so often, in milliseconds (WHATWG HTML §9.2.7). */
const KEEP_ALIVE_INTERVAL = 15_000;
/** A loop that is later than this, in milliseconds, as after the machine has slept, leaves out the rounds that it has missed. */
const LOOP_PATIENCE = 1000;
/** A round takes no less, in milliseconds: at a high speed, more would be due in that time than can be sent. */
const MIN_ROUND = 1;
/** What is due is played for so long at one go, in milliseconds; then it is someone else's turn. */
const MAX_TURN = 10;
/** The longest that a timer takes, in milliseconds. */
const MAX_DELAY = 2 ** 31 - 1;

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
  readonly #writer: BlockWriter;
  #script: Script;
  #index: number;
  #faultsFrom: number;
  #start: number;
  #event: number;
  #state: 'playing' | 'stalled' | 'over' = 'playing';
  /** Whether what is sent next is the file's beginning. */
  #isAtBeginning: boolean;
  /** Whether what was sent last is of an event that a recorded connection's end cut off. */
  #isCutOff = false;
  /** What is played as soon as no event is under way. */
  #next: { script: Script; start: number } | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PlayerOptions) {
    this.#options = options;
    this.#writer = new BlockWriter(options.connection, () => this.play());
    this.#script = options.script;
    const { from, faultsFrom, start } = options.beginning;
    [this.#index, this.#faultsFrom, this.#start] = [from, faultsFrom, start];
    this.#isAtBeginning = from === 0;
    this.#event = eventsBefore(options.script, from);
  }

  /** How many of the file's events the client has got, those before the one that it resumed at counted too. */
  get event(): number {
    return this.#event;
  }

  /** How many events the file has that is played to it. */
  get events(): number {
    return this.#script.events;
  }

  /** `over`: all is sent, and the stream stays open. */
  get state(): 'playing' | 'stalled' | 'over' {
    return this.#state;
  }

  /** Sends what is due, and goes on by itself from there; while the clock is paused, nothing. */
  play(): void {
    clearTimeout(this.#timer);
    if (this.#state === 'over') this.#keepAlive();
    const { clock, speed } = this.#options;
    const { now } = clock;
    const begun = performance.now();
    while (this.#state === 'playing' && !clock.paused && !this.#writer.isFull) {
      const step = this.#script.steps[this.#index];
      const wait = step && !this.#next ? this.#start + step.offset / speed - now : 0;
      if (wait > 0 || performance.now() - begun > MAX_TURN) {
        // Node cuts a delay to whole milliseconds: rounded up, a step isn't early by the fraction.
        this.#timer = setTimeout(() => this.play(), Math.min(Math.max(0, Math.ceil(wait)), MAX_DELAY));
        return;
      }
      if (this.#next) this.#playOut(step, this.#next);
      else if (step) this.#playOne(step, now);
      else this.#finish();
    }
  }

  /** Sends nothing more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#writer.close();
  }

  /** Begins a script at its beginning. An event that is under way is sent to its end first. */
  restart(script: Script, start: number): void {
    this.#next = { script, start };
    this.#state = 'playing';
    if (!this.#writer.inBlock) this.#begin(this.#next);
    this.#options.onChange();
    this.play();
  }

  /** Sends whole blocks that aren't of the file, behind the event that is under way. @returns whether they will be sent */
  publish(bytes: Uint8Array): boolean {
    if (this.#state === 'stalled') return false;
    // The file's last event may lack its blank line: what is published comes all the same.
    if (this.#state === 'over') this.#writer.endBlock();
    return this.#writer.publish(bytes);
  }

  #playOne(step: Step, now: number): void {
    this.#index += 1;
    if (step.kind === 'send') this.#send(step, now);
    else if (step.kind === 'loop') this.#loop(step.offset / this.#options.speed, now);
    else this.#fault(step);
  }

  /** Plays of the event that is under way what is left, but for faults; then begins anew. */
  #playOut(step: Step | undefined, next: { script: Script; start: number }): void {
    const isOver =
      !this.#writer.inBlock || step?.kind === 'loop' || (step?.kind === 'send' && step.cutOff !== this.#isCutOff);
    if (!step || isOver) {
      this.#begin(next);
    } else {
      this.#index += 1;
      if (step.kind === 'send') this.#write([step]);
    }
  }

  #begin({ script, start }: { script: Script; start: number }): void {
    this.#writer.endBlock();
    [this.#script, this.#start, this.#next] = [script, start, undefined];
    this.#rewind();
    this.#options.onChange();
  }

  #rewind(): void {
    [this.#index, this.#faultsFrom, this.#event, this.#isAtBeginning] = [0, 0, 0, true];
  }

  /** Sends the step, and those behind it that are due. */
  #send(first: Step & SendStep, now: number): void {
    const { steps } = this.#script;
    const due = now - this.#start;
    let size = 0;
    let step: (Step & SendStep) | undefined = first;
    const sent: SendStep[] = [];
    while (step) {
      if (!step.cutOff || this.#index > this.#faultsFrom) sent.push(step);
      size += step.bytes.length;
      const next = steps[this.#index];
      const isDue = next?.kind === 'send' && next.offset / this.#options.speed <= due && size < JOINED_SIZE;
      step = isDue ? next : undefined;
      if (step) this.#index += 1;
    }
    this.#write(sent);
  }

  #write(sent: readonly SendStep[]): void {
    const last = sent.at(-1);
    if (!last) return;
    const joined = sent.length === 1 ? last.bytes : Buffer.concat(sent.map(({ bytes }) => bytes));
    // Within a stream a byte order mark would be of its line (WHATWG HTML §9.2.5).
    const isMarked = this.#isAtBeginning && hasMark(joined);
    const bytes = isMarked && !this.#writer.isEmpty ? joined.subarray(MARK_SIZE) : joined;
    const newEvents = Math.max(0, last.events - this.#event);
    [this.#event, this.#isCutOff, this.#isAtBeginning] = [last.events, last.cutOff, false];
    this.#writer.write({ bytes, closed: last.closed }, newEvents);
    this.#options.onChange();
  }

  #loop(length: number, now: number): void {
    const duration = Math.max(length, MIN_ROUND);
    const late = now - this.#start - duration;
    const rounds = late > LOOP_PATIENCE ? Math.floor(late / duration) + 1 : 1;
    this.#start += rounds * duration;
    this.#rewind();
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
    if (this.#writer.isHolding) this.#writer.endBlock();
    this.#options.onChange();
    this.#keepAlive();
  }

  #keepAlive(): void {
    this.#timer = setTimeout(() => {
      this.#writer.keepAlive();
      this.#keepAlive();
    }, KEEP_ALIVE_INTERVAL);
  }
}
