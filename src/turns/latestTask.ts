/** Runs one task at a time. Of those that are given meanwhile, only the latest is run. */
export class LatestTask {
  #isRunning = false;
  #waiting: (() => Promise<void>) | undefined;

  /** Resolves when the task is done, or at once if another one is running. Rejects as the tasks that it has run. */
  async run(task: () => Promise<void>): Promise<void> {
    this.#waiting = task;
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      while (this.#waiting) {
        const next: () => Promise<void> = this.#waiting;
        this.#waiting = undefined;
        await next();
      }
    } finally {
      this.#isRunning = false;
    }
  }
}
