import type { Delays } from './delays';
import { nextRound } from './position';
import type { Script } from './script';

/** A round of a script on a connection: says when its steps are due. */
export class Round {
  readonly #script: Script;
  readonly #delays: Delays;
  readonly #speed: number;
  readonly #start: number;

  /** @param start time at which the script began, or would have begun, on the clock @param speed factor */
  constructor(script: Script, start: number, speed: number, delays: Delays) {
    [this.#script, this.#start, this.#speed, this.#delays] = [script, start, speed, delays];
  }

  /** Returns the time of a step, on the clock; to be called with indexes that don't fall. */
  dueAt(index: number): number {
    return this.#start + this.#offset(index) / this.#speed;
  }

  /** Returns the time at which the next round begins. @param loop index of the step that ends this one */
  end(loop: number, now: number): number {
    return nextRound(this.#start, this.#offset(loop) / this.#speed, now);
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
