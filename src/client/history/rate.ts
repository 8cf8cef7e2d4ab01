const SECOND = 1000;
/** Resolution of the rate, in milliseconds. */
const STEP = 100;

/** A counter of occurrences, and their rate over the last second. */
export class Rate {
  /** Counts by time step, the latest last. */
  #steps: { step: number; count: number }[] = [];

  count(): void {
    const step = Math.floor(performance.now() / STEP);
    const last = this.#steps.at(-1);
    if (last?.step === step) last.count += 1;
    else this.#steps.push({ step, count: 1 });
    if (this.#steps.length > (2 * SECOND) / STEP) this.#steps.splice(0, SECOND / STEP);
  }

  get value(): number {
    const since = Math.floor((performance.now() - SECOND) / STEP);
    return this.#steps.reduce((sum, { step, count }) => (step > since ? sum + count : sum), 0);
  }
}
