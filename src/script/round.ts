import type { Delays } from './delays';
import { eventsInRound, nextRound, type StartPosition } from './position';
import type { Script } from './script';

/** Beginning of a round: its number, from 0, and its time on the clock. */
export type RoundStart = Pick<StartPosition, 'round' | 'start'>;

/** A round of a script on a connection: says when its steps are due. */
export class Round {
  /** Its number, from 0. */
  readonly number: number;
  readonly #script: Script;
  readonly #delays: Delays;
  readonly #speed: number;
  readonly #start: number;

  /** @param start time at which the round began, or would have begun, on the clock @param speed factor */
  constructor(script: Script, { round, start }: RoundStart, speed: number, delays: Delays) {
    [this.#script, this.number, this.#start, this.#speed, this.#delays] = [script, round, start, speed, delays];
  }

  /** Number of events of the rounds before. */
  get eventsBefore(): number {
    return this.number * eventsInRound(this.#script);
  }

  /** Returns the time of a step, on the clock; to be called with indexes that don't fall. */
  dueAt(index: number): number {
    return this.#start + this.#offset(index) / this.#speed;
  }

  /**
   * Returns the beginning of the next round.
   * @param loop index of the step that ends this one
   * @param isShared whether rounds that are skipped, as they are over, have a number, too
   */
  next(loop: number, now: number, isShared: boolean): RoundStart {
    const { start, rounds } = nextRound(this.#start, this.#offset(loop) / this.#speed, now);
    return { start, round: this.number + (isShared ? rounds : 1) };
  }

  /** Returns the script's time before its next step, in milliseconds: of the last step if the pause between is random. */
  offset(next: number, now: number): number {
    const { steps, randomPauses } = this.#script;
    // A pause in progress is drawn anew for a client that resumes.
    return randomPauses.length > 0 ? (steps[next - 1]?.offset ?? 0) : (now - this.#start) * this.#speed;
  }

  #offset(index: number): number {
    return (this.#script.steps[index]?.offset ?? 0) + this.#delays.before(index);
  }
}
