/** A gate that lets a number of tasks run at a time, which may change; the others wait for their turn. */
export class Gate {
  readonly #maximum: () => number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** @param maximum asked whenever a task may begin; at least 1 */
  constructor(maximum: () => number) {
    this.#maximum = maximum;
  }

  /** Runs a task, as soon as it may. Settles as the task does. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#running < this.#maximum()) this.#running += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await task();
    } finally {
      this.#running -= 1;
      this.#letIn();
    }
  }

  #letIn(): void {
    while (this.#waiting.length > 0 && this.#running < this.#maximum()) {
      this.#running += 1;
      this.#waiting.shift()?.();
    }
  }
}
