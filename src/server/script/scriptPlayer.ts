import { eventsBefore, nextRound, type StartPosition } from '../../script/position';
import type { FaultStep, Script, SendStep, StatusStep, Step } from '../../script/script';
import { hasMark, MARK_SIZE } from '../../stream/bytes';
import { KEEP_ALIVE_INTERVAL } from '../../stream/encode';
import type { Turns } from '../../turns/turns';
import { BlockWriter, type BlockWriterOptions, PIECE_SIZE } from '../http/blockWriter';
import { joinedBytes } from './joinedBytes';
import type { Stopwatch } from './stopwatch';

/** Maximum number of steps played, and of statuses looked at, in one task. */
const MAX_STEPS = 1000;
/** The longest that a timer takes, in milliseconds. */
const MAX_DELAY = 2 ** 31 - 1;

export interface ScriptPlayerOptions extends BlockWriterOptions {
  script: Script;
  /** While it is paused, nothing is played. */
  clock: Stopwatch;
  beginning: StartPosition;
  /** Those of all who are played to. */
  turns: Turns;
  /** How many times as fast as the file says. */
  speed: number;
  /** The next request for a stream shall be answered so. */
  onStatus(step: StatusStep): void;
  /** `event` or `state` has changed. */
  onChange(): void;
}

/** Plays a script on one connection: each step at its time, none sooner than the client reads. */
export class ScriptPlayer {
  /** Without its first script, which would be held as long as the client stays. */
  readonly #options: Omit<ScriptPlayerOptions, 'script' | 'beginning'>;
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
  #hasAsked = false;
  #isStopped = false;

  constructor({ script, beginning, ...options }: ScriptPlayerOptions) {
    [this.#options, this.#script] = [options, script];
    this.#writer = new BlockWriter(options, () => this.play());
    ({ from: this.#index, faultsFrom: this.#faultsFrom, start: this.#start } = beginning);
    this.#isAtBeginning = this.#index === 0;
    this.#event = eventsBefore(script, this.#index);
  }

  /** Whether that script is played, or is going to be. */
  plays(script: Script): boolean {
    return this.#script === script || this.#next?.script === script;
  }

  /** How many of the file's events the client has got, those before the one that it resumed at counted too. */
  get event(): number {
    return this.#event;
  }

  /** The script that is played, until another begins. */
  get script(): Script {
    return this.#script;
  }

  /** `over`: all is sent, and the stream stays open. */
  get state(): 'playing' | 'stalled' | 'over' {
    return this.#state;
  }

  /** The index of the next step, and the time of the script that has passed, in milliseconds. */
  get place(): { index: number; offset: number } {
    const { clock, speed } = this.#options;
    return { index: this.#index, offset: (clock.now - this.#start) * speed };
  }

  /** Sends what is due as soon as it is its turn, and goes on by itself from there; while the clock is paused, nothing. */
  play(): void {
    if (this.#hasAsked) return;
    this.#hasAsked = true;
    this.#options.turns.add(() => {
      this.#hasAsked = false;
      if (!this.#isStopped) this.#takeTurn();
    });
  }

  /** Sends nothing more. */
  stop(): void {
    this.#isStopped = true;
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
    const isTaken = this.#writer.publish(bytes);
    if (isTaken) this.play();
    return isTaken;
  }

  /** Sends a piece of what is due. */
  #takeTurn(): void {
    clearTimeout(this.#timer);
    this.#writer.flush();
    const { clock, turns } = this.#options;
    const { now } = clock;
    let steps = 0;
    let wait = 0;
    while (this.#canPlay && wait <= 0 && steps < MAX_STEPS && !(steps > 0 && turns.isOver)) {
      wait = this.#playNext(now);
      steps += 1;
    }
    if (wait > 0) this.#timer = setTimeout(() => this.play(), Math.min(Math.ceil(wait), MAX_DELAY));
    else if (this.#canPlay || (this.#writer.isBusy && !this.#writer.isFull)) this.play();
    else if (this.#state === 'over') this.#keepAlive();
  }

  get #canPlay(): boolean {
    return this.#state === 'playing' && !this.#options.clock.paused && !this.#writer.isFull && !this.#writer.isBusy;
  }

  /** @returns how long it is to the next step, in milliseconds; 0: it was played */
  #playNext(now: number): number {
    const step = this.#script.steps[this.#index];
    const wait = step && !this.#next ? this.#start + step.offset / this.#options.speed - now : 0;
    if (wait > 0) return wait;
    this.#index += step && !this.#next ? 1 : 0;
    if (this.#next) this.#playOut(step, this.#next);
    else if (!step) this.#finish();
    else if (step.kind === 'send') this.#send(step, now);
    else if (step.kind === 'loop') this.#loop(step.offset, now);
    else this.#fault(step);
    return 0;
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
    [this.#index, this.#faultsFrom, this.#event, this.#isAtBeginning] = [0, this.#script.refusalsEnd, 0, true];
  }

  /** Sends the step, and those behind it that are due and small: they may have to be copied. */
  #send(first: Step & SendStep, now: number): void {
    const { steps } = this.#script;
    const due = now - this.#start;
    let size = 0;
    let step: (Step & SendStep) | undefined = first;
    const sent: (Step & SendStep)[] = [];
    while (step) {
      if (!step.cutOff || this.#index > this.#faultsFrom) sent.push(step);
      size += step.bytes.length;
      const next = steps[this.#index];
      const isDue = next?.kind === 'send' && next.offset / this.#options.speed <= due && size < PIECE_SIZE;
      step = isDue && next.bytes.length <= PIECE_SIZE && sent.length < MAX_STEPS ? next : undefined;
      if (step) this.#index += 1;
    }
    this.#write(sent);
  }

  #write(sent: readonly (Step & SendStep)[]): void {
    const last = sent.at(-1);
    if (!last) return;
    const joined = joinedBytes(sent);
    // Within a stream a byte order mark would be of its line (WHATWG HTML §9.2.5).
    const isMarked = this.#isAtBeginning && hasMark(joined);
    const bytes = isMarked && !this.#writer.isEmpty ? joined.subarray(MARK_SIZE) : joined;
    const newEvents = Math.max(0, last.events - this.#event);
    [this.#event, this.#isCutOff, this.#isAtBeginning] = [last.events, last.cutOff, false];
    this.#writer.write({ bytes, closed: last.closed }, newEvents);
    this.#options.onChange();
  }

  #loop(length: number, now: number): void {
    this.#start = nextRound(this.#start, length / this.#options.speed, now);
    this.#rewind();
  }

  #fault(step: FaultStep | StatusStep): void {
    if (this.#index <= this.#faultsFrom) return;
    const { sink, onStatus, onChange } = this.#options;
    if (step.kind === 'status') {
      onStatus(step);
      return;
    }
    // What the next request is answered with may stand behind the fault that makes the client ask again.
    for (const next of this.#script.steps.slice(this.#index, this.#index + MAX_STEPS)) {
      if (next.kind !== 'status') break;
      onStatus(next);
      this.#index += 1;
    }
    this.#state = 'stalled';
    if (step.kind === 'drop') void sink.breakOff();
    else if (step.kind === 'reset') void sink.reset();
    else if (step.kind === 'end') void sink.end();
    onChange();
  }

  #finish(): void {
    this.#state = 'over';
    if (this.#writer.isHolding) this.#writer.endBlock();
    this.#options.onChange();
  }

  #keepAlive(): void {
    this.#timer = setTimeout(() => {
      this.#writer.keepAlive();
      this.#keepAlive();
    }, KEEP_ALIVE_INTERVAL);
  }
}
