/** Maximum time that all tasks together take before timers and sockets have their turn, in milliseconds. */
const TURN = 10;

/**
 * Runs the tasks of all who have much to do, a turn of 10 ms at a time for all of them together, so that whoever else uses
 * the process, such as the other extensions of a window, never waits longer. First come, first served.
 */
export class Turns {
  #tasks: (() => void)[] = [];
  #immediate: NodeJS.Immediate | undefined;
  #until = 0;
  /** Whether someone has the turn who waited for it: that work is done behind this run, before timers and sockets. */
  #isTaken = false;

  /** Whether the turn is over: a task that has more to do adds itself again. */
  get isOver(): boolean {
    return performance.now() >= this.#until;
  }

  /** Runs the task in one of the next turns. A task is short, and may not throw. */
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
      // Behind those that wait already stand those that were added meanwhile.
      this.#tasks = [...tasks.slice(done), ...this.#tasks];
      this.#immediate = this.#tasks.length > 0 ? setImmediate(() => this.#run()) : undefined;
    }
  }
}
