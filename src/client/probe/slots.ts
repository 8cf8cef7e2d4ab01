/** Slots for work that may not all be done at once: it begins in the order in which it was given. */
export class Slots {
  #free: number;
  readonly #signal: AbortSignal;
  readonly #waiting: (() => void)[] = [];

  /** @param signal when it is aborted, no more work begins */
  constructor(count: number, signal: AbortSignal) {
    [this.#free, this.#signal] = [count, signal];
    signal.addEventListener('abort', () => this.#endWaiting(), { once: true });
  }

  /** Does the work when there is a slot for it. Resolves with false if it didn't begin. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.#free > 0) this.#free -= 1;
    else if (!this.#signal.aborted) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.#signal.aborted) return false;
    try {
      await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
    return true;
  }

  #endWaiting(): void {
    for (const go of this.#waiting.splice(0)) go();
  }
}
