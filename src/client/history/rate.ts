const SECOND = 1000;
/** How finely time is told, in milliseconds. */
const STEP = 100;

/** Counts what happens, and says how often it did in the last second. */
export class Rate {
  /** By the step of time that they fell into, the latest last. */
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
