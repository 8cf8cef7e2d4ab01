// Time as this process has worked, in milliseconds of an idle machine's processor: what others do with it in between
// doesn't count, nor that all of it is slow just now.
import { pace } from './pace';

/** Returns how long it takes. */
export function ownTime(act: () => void): number {
  const clock = new OwnClock();
  act();
  return clock.lap();
}

/** Resolves with how long it takes, and whatever else this process does meanwhile. */
export async function ownTimeOf(act: () => Promise<unknown>): Promise<number> {
  const clock = new OwnClock();
  await act();
  return clock.lap();
}

/** Tells how long this process has worked from one look at it to the next. */
export class OwnClock {
  readonly #pace = pace();
  #used = process.cpuUsage();
  #at = performance.now();

  /** Never more than the clock on the wall says: threads that collect garbage work beside the one that the tests see. */
  lap(): number {
    const [used, at] = [process.cpuUsage(), performance.now()];
    const worked = (used.user - this.#used.user + used.system - this.#used.system) / 1000;
    const time = Math.min(worked, at - this.#at);
    [this.#used, this.#at] = [used, at];
    return time / this.#pace;
  }
}
