const SECOND = 1000;
/** Resolution of the rate, in milliseconds. */
const STEP = 100;

/** A counter of occurrences, and their rate over the last second. */
export class Rate {
  /** Counts by time step, the latest last. */
  #steps: { step: number; count: number }[] = [];

  /** Bytes have come: what is counted until the next ones came at this time. */
  receive(): void {
    const step = Math.floor(performance.now() / STEP);
    if (this.#steps.at(-1)?.step !== step) this.#steps.push({ step, count: 0 });
    if (this.#steps.length > (2 * SECOND) / STEP) this.#steps.splice(0, SECOND / STEP);
  }

  /** To be called behind `receive`. To look at the clock for each event would take a twentieth of all reading. */
  count(): void {
    const last = this.#steps.at(-1);
    if (last) last.count += 1;
  }

  clear(): void {
    this.#steps = [];
  }

  get value(): number {
    const since = Math.floor((performance.now() - SECOND) / STEP);
    return this.#steps.reduce((sum, { step, count }) => (step > since ? sum + count : sum), 0);
  }
}
