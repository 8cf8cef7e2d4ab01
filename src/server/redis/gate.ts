/** A gate that lets a number of tasks run at a time; the others wait for their turn. */
export class Gate {
  readonly #maximum: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  /** Runs a task, as soon as it may. Settles as the task does. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#maximum) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      return await task();
    } finally {
      // The next one takes the place of this one.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
