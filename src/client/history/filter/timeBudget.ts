import { TimeLimit } from './timeLimit';

/** Maximum time of one slice, in milliseconds: then it is interrupted, wherever it is. */
const MAX_SLICE = 100;
/** Maximum overrun of all slices of a search together, in milliseconds. The budget is refilled by 10 ms a second. */
const MAX_OVERRUN = 500;
const REFILL = 10 / 1000;

/**
 * A limit for how much the slices of a task overrun, one by one and in total. It counts CPU time: on a busy machine, a
 * slice of a cheap expression may be late through no fault of its own.
 */
export class TimeBudget {
  readonly #slice: number;
  readonly #limit = new TimeLimit(MAX_SLICE);
  /** Overrun at the time of the last check, in milliseconds. */
  #overrun = 0;
  #checkedAt = performance.now();

  /** @param slice time that a slice may take, in milliseconds */
  constructor(slice: number) {
    this.#slice = slice;
  }

  /**
   * @param task runs one slice; may be interrupted anywhere, and continues there the next time
   * @returns whether there is budget left for another slice
   */
  run(task: () => void): boolean {
    const [begun, used] = [performance.now(), process.cpuUsage()];
    const isWhole = this.#limit.run(task);
    const ended = performance.now();
    const { user, system } = process.cpuUsage(used);
    const overrun = Math.min(ended - begun, (user + system) / 1000) - this.#slice;
    const left = Math.max(0, this.#overrun - (ended - this.#checkedAt) * REFILL);
    // An interrupted slice always counts as an overrun: without this, a task that never ends would go on forever.
    this.#overrun = left + Math.max(overrun, isWhole ? 0 : this.#slice);
    this.#checkedAt = ended;
    return this.#overrun <= MAX_OVERRUN;
  }
}
