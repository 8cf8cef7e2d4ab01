/** Maximum time that all tasks together take before timers and sockets are served, in milliseconds. */
const TURN = 10;

/**
 * A queue of long work, cut into short tasks. All of them together get turns of 10 ms, so that other users of the process,
 * such as the other extensions of a window, never wait longer. First come, first served.
 */
export class Turns {
  #tasks: (() => void)[] = [];
  #immediate: NodeJS.Immediate | undefined;
  #until = 0;
  /** Whether a caller of `next` has the turn: its work is done after this run, before timers and sockets are served. */
  #isTaken = false;

  /** Whether the turn is over; a task that has more to do should then add itself again. */
  get isOver(): boolean {
    return performance.now() >= this.#until;
  }

  /** Runs the task in one of the next turns. A task must be short, and must not throw. */
  add(task: () => void): void {
    this.#tasks.push(task);
    this.#immediate ??= setImmediate(() => this.#run());
  }

  /** Resolves when it is the caller's turn, which lasts until `isOver`. */
  next(): Promise<void> {
    return new Promise((resolve) =>
      this.add(() => {
        this.#isTaken = true;
        resolve();
      }),
    );
  }

  #run(): void {
    this.#until = performance.now() + TURN;
    this.#isTaken = false;
    const tasks = this.#tasks;
    this.#tasks = [];
    let done = 0;
    try {
      for (const task of tasks) {
        if (this.#isTaken || (done > 0 && this.isOver)) break;
        done += 1;
        task();
      }
    } finally {
      // Tasks that were added meanwhile come after those that are waiting already.
      this.#tasks = [...tasks.slice(done), ...this.#tasks];
      this.#immediate = this.#tasks.length > 0 ? setImmediate(() => this.#run()) : undefined;
    }
  }
}
