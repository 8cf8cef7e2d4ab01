// Time that this process has worked, in milliseconds of an idle machine's CPU time: neither other processes nor the
// machine's present slowness count.
import { pace } from './pace';

/** Returns the time of an action. */
export function ownTime(act: () => void): number {
  const clock = new OwnClock();
  act();
  return clock.lap();
}

/** Resolves with the time of an action, including everything else that this process does meanwhile. */
export async function ownTimeOf(act: () => Promise<unknown>): Promise<number> {
  const clock = new OwnClock();
  await act();
  return clock.lap();
}

/** A clock for the time that this process has worked between two readings. */
export class OwnClock {
  readonly #pace = pace();
  #used = process.cpuUsage();
  #at = performance.now();

  /** Returns the time since the last reading; at most the wall-clock time, as garbage is collected in parallel threads. */
  lap(): number {
    const [used, at] = [process.cpuUsage(), performance.now()];
    const worked = (used.user - this.#used.user + used.system - this.#used.system) / 1000;
    const time = Math.min(worked, at - this.#at);
    [this.#used, this.#at] = [used, at];
    return time / this.#pace;
  }
}
