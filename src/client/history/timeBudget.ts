import { TimeLimit } from './timeLimit';

/** How long one go may take at the most, in milliseconds: then it is ended, wherever it is. */
const MAX_GO = 100;
/** How much a search may take beyond its goes in all, in milliseconds. It comes back at 10 ms a second. */
const MAX_OVERRUN = 500;
const REFILL = 10 / 1000;

/**
 * Limits by how much the goes of a task take longer than they may, one by one and in all. It counts the processor's time:
 * where others want that, too, a go of a good expression is late, and does nothing for it.
 */
export class TimeBudget {
  readonly #go: number;
  readonly #limit = new TimeLimit(MAX_GO);
  /** How much of it is gone, when it was looked at last. */
  #overrun = 0;
  #lookedAt = performance.now();

  /** @param go how long a go may take, in milliseconds */
  constructor(go: number) {
    this.#go = go;
  }

  /**
   * @param task one go; may be left at any of its steps, and goes on there the next time
   * @returns whether there is time left for another
   */
  run(task: () => void): boolean {
    const [begun, used] = [performance.now(), process.cpuUsage()];
    const isWhole = this.#limit.run(task);
    const ended = performance.now();
    const { user, system } = process.cpuUsage(used);
    const overrun = Math.min(ended - begun, (user + system) / 1000) - this.#go;
    const left = Math.max(0, this.#overrun - (ended - this.#lookedAt) * REFILL);
    // One that was left comes nearer to its end each time, or there is none.
    this.#overrun = left + Math.max(overrun, isWhole ? 0 : this.#go);
    this.#lookedAt = ended;
    return this.#overrun <= MAX_OVERRUN;
  }
}
