import { eventsBefore } from '../../../script/position';
import { Round, type RoundStart } from '../../../script/round';
import type { FaultStep, Script, SendStep, StatusStep, Step } from '../../../script/script';
import { KEEP_ALIVE_INTERVAL } from '../../../stream/encode';
import { BlockWriter } from '../../http/blockWriter';
import type { Blocks } from '../../source';
import { coalescedSteps } from './coalescedSteps';
import { type FilledBytes, filledBytes } from './filledBytes';
import { joinedBytes } from './joinedBytes';
import type { ScriptPlayerOptions } from './scriptPlayerOptions';

/** Maximum number of steps played, and of statuses processed, in a task. */
const MAX_STEPS = 1000;
/** Maximum delay of a timer, in milliseconds. */
const MAX_DELAY = 2 ** 31 - 1;

/** A player of a script on a connection: sends each step at its time, with backpressure. */
export class ScriptPlayer {
  /** The options without the first script, which they would keep in memory as long as the client stays. */
  #options: Omit<ScriptPlayerOptions, 'script' | 'beginning'>;
  readonly #writer: BlockWriter;
  #script: Script;
  #index: number;
  #faultsFrom: number;
  #round: Round;
  #event: number;
  #state: 'playing' | 'stalled' | 'over' = 'playing';
  /** Whether nothing of the script's present round has been sent yet. */
  #isAtBeginning: boolean;
  /** Whether the last bytes belong to an event that was cut off by the end of a recorded connection. */
  #isCutOff = false;
  /** The script that begins as soon as no event is in progress. */
  #next: { script: Script; start: number; speed: number } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isTurnRequested = false;
  #isStopped = false;

  constructor({ script, beginning, ...options }: ScriptPlayerOptions) {
    [this.#options, this.#script] = [options, script];
    this.#writer = new BlockWriter(options, () => this.play());
    ({ from: this.#index, faultsFrom: this.#faultsFrom } = beginning);
    this.#isAtBeginning = this.#index === 0;
    this.#round = this.#newRound(beginning);
    options.filling.load(script);
    this.#event = eventsBefore(script, this.#index);
  }

  /** Whether that script is being played, or is next. */
  plays(script: Script): boolean {
    return this.#script === script || this.#next?.script === script;
  }

  /** Number of the script's events that the client has received, including those before the position it resumed at. */
  get event(): number {
    return this.#event;
  }

  /** The script that is being played. */
  get script(): Script {
    return this.#script;
  }

  /** State of the player. `over`: all steps are sent, and the stream stays open. */
  get state(): 'playing' | 'stalled' | 'over' {
    return this.#state;
  }

  /** Index of the next step, the number of its round, and the elapsed time of that, in milliseconds. */
  get position(): { index: number; round: number; offset: number } {
    const offset = this.#round.offset(this.#index, this.#options.clock.now);
    return { index: this.#index, round: this.#round.number, offset };
  }

  /** Time until the next step, in milliseconds, and its line, from 0; undefined if it is over, stalled or paused. */
  get due(): { wait: number; line: number } | undefined {
    if (this.#state !== 'playing' || this.#options.clock.paused) return undefined;
    const step = this.#next ? undefined : this.#script.steps[this.#index];
    return { wait: step ? this.#round.dueAt(this.#index) - this.#options.clock.now : 0, line: step?.line ?? 0 };
  }

  /** Whether something is to be sent in one of the next turns, or behind an event in progress. */
  get isSending(): boolean {
    return this.#isTurnRequested || this.#writer.isBusy || (this.#writer.hasQueued && this.#state !== 'stalled');
  }

  /** Plays the due steps in the next turn, and continues by itself from there; plays nothing while the clock is paused. */
  play(): void {
    if (this.#isTurnRequested) return;
    this.#isTurnRequested = true;
    this.#options.turns.add(() => {
      this.#isTurnRequested = false;
      if (!this.#isStopped) this.#takeTurn();
    });
  }

  /** Writes publications, and what is due of the script, at once: before the connection is dropped. */
  sendDue(): void {
    if (this.#isStopped) return;
    this.#takeTurn();
    while (this.#writer.isBusy && !this.#writer.isFull) this.#writer.flush();
  }

  /** Stops the player; nothing more is sent. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#writer.close();
  }

  /** Plays a script from its beginning. An event in progress is sent to its end first. @param speed default: as before */
  restart(script: Script, start: number, speed = this.#next?.speed ?? this.#options.speed): void {
    this.#next = { script, start, speed };
    this.#state = 'playing';
    if (!this.#writer.inBlock) this.#begin(this.#next);
    this.#options.onChange();
    this.play();
  }

  /** Sends whole blocks of a publication after the event in progress. @returns whether they will be sent */
  publish(blocks: Blocks): boolean {
    if (this.#state === 'stalled') return false;
    // The file's last event may lack its blank line: the publication is sent nevertheless.
    if (this.#state === 'over') this.#writer.endBlock();
    const isTaken = this.#writer.publish(blocks);
    if (isTaken) this.play();
    return isTaken;
  }

  /** Writes queued bytes, and plays due steps until the turn is over; then schedules the next turn. */
  #takeTurn(): void {
    clearTimeout(this.#timer);
    this.#writer.flush();
    const { clock, turns } = this.#options;
    const { now } = clock;
    let [steps, wait] = [0, 0];
    while (this.#canPlay && wait <= 0 && steps < MAX_STEPS && !(steps > 0 && turns.isOver)) {
      wait = this.#playNext(now);
      steps += 1;
    }
    if (wait > 0) this.#timer = setTimeout(() => this.play(), Math.min(Math.ceil(wait), MAX_DELAY));
    else if (this.#canPlay || (this.#writer.isBusy && !this.#writer.isFull)) this.play();
    else if (this.#state === 'over') this.#keepAlive();
    this.#options.onTurn();
  }

  get #canPlay(): boolean {
    return this.#state === 'playing' && !this.#options.clock.paused && !this.#writer.isFull && !this.#writer.isBusy;
  }

  /** Plays the next step if it is due. @returns time until it is due, in milliseconds; 0 if it was played */
  #playNext(now: number): number {
    const step = this.#script.steps[this.#index];
    const wait = step && !this.#next ? this.#round.dueAt(this.#index) - now : 0;
    if (wait > 0) return wait;
    this.#index += step && !this.#next ? 1 : 0;
    if (this.#next) this.#playOut(step, this.#next);
    else if (!step) this.#finish();
    else if (step.kind === 'send') this.#send(now);
    else if (step.kind === 'loop') this.#rewind(this.#round.next(this.#index - 1, now, this.#options.isShared()));
    else this.#fault(step);
    return 0;
  }

  /** Plays the rest of the event in progress, without faults; then begins the next script. */
  #playOut(step: Step | undefined, next: { script: Script; start: number; speed: number }): void {
    const isOver =
      !this.#writer.inBlock || step?.kind === 'loop' || (step?.kind === 'send' && step.cutOff !== this.#isCutOff);
    if (!step || isOver) {
      this.#begin(next);
    } else {
      this.#index += 1;
      if (step.kind === 'send') this.#write([this.#filled(step)], step);
    }
  }

  #begin({ script, start, speed }: { script: Script; start: number; speed: number }): void {
    this.#writer.endBlock();
    [this.#options, this.#script, this.#next] = [{ ...this.#options, speed }, script, undefined];
    this.#options.filling.load(script);
    this.#rewind({ round: 0, start });
    this.#options.onChange();
  }

  #rewind(start: RoundStart): void {
    [this.#index, this.#faultsFrom, this.#event, this.#isAtBeginning] = [0, this.#script.refusalsEnd, 0, true];
    this.#round = this.#newRound(start);
  }

  /** Sends the step before the next one, with those behind it that are due. */
  #send(now: number): void {
    const { pieces, last, next } = coalescedSteps(this.#script, this.#index - 1, {
      bytesOf: (step) => this.#filled(step),
      isLeftOut: ({ cutOff }, index) => cutOff && index < this.#faultsFrom,
      isDue: (index) => this.#round.dueAt(index) <= now,
    });
    this.#index = next;
    if (last) this.#write(pieces, last);
  }

  #filled(step: SendStep): FilledBytes {
    return step.fills ? filledBytes(step, this.#options.filling, this.#round.eventsBefore) : step;
  }

  #write(pieces: readonly FilledBytes[], last: Step & SendStep): void {
    const bytes = joinedBytes(pieces, this.#isAtBeginning && !this.#writer.isEmpty);
    const newEvents = Math.max(0, last.events - this.#event);
    [this.#event, this.#isCutOff, this.#isAtBeginning] = [last.events, last.cutOff, false];
    this.#writer.write({ bytes, rest: pieces.at(-1)?.rest, closed: last.closed }, newEvents);
    this.#options.onChange();
  }

  #newRound(start: RoundStart): Round {
    const { speed, delaysOf } = this.#options;
    return new Round(this.#script, start, speed, delaysOf(this.#script, this.#index));
  }

  #fault(step: FaultStep | StatusStep): void {
    if (this.#index <= this.#faultsFrom) return;
    const { sink, onStatus, onChange } = this.#options;
    if (step.kind === 'status') {
      onStatus(step);
      return;
    }
    // The statuses for the next requests may follow the fault that makes the client reconnect.
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
    if (this.#writer.hasQueued) this.#writer.endBlock();
    this.#options.onChange();
  }

  #keepAlive(): void {
    this.#timer = setTimeout(() => {
      this.#writer.keepAlive();
      this.#keepAlive();
    }, KEEP_ALIVE_INTERVAL);
  }
}
