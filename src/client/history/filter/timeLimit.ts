import { createContext, Script } from 'node:vm';

/** A time limit for synchronous code. Nothing else interrupts a regular expression that backtracks excessively. */
export class TimeLimit {
  readonly #milliseconds: number;
  readonly #script = new Script('task()');
  readonly #context: { task(): void } = { task: () => {} };

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
    createContext(this.#context);
  }

  /** @param task may be interrupted anywhere @returns whether it ran to its end */
  run(task: () => void): boolean {
    this.#context.task = task;
    try {
      this.#script.runInContext(this.#context, { timeout: this.#milliseconds });
      return true;
    } catch (error) {
      if (isTimeout(error)) return false;
      throw error;
    }
  }
}

/** Whether the error is a timeout. Doesn't use `instanceof`, as it is an Error of the other context. */
function isTimeout(error: unknown): boolean {
  return typeof error === 'object' && error !== null && Reflect.get(error, 'code') === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
