import { createContext, Script } from 'node:vm';

/** Ends what takes too long. Nothing else ends a regular expression that tries all ways through a text. */
export class TimeLimit {
  readonly #milliseconds: number;
  readonly #script = new Script('task()');
  readonly #context: { task(): void } = { task: () => {} };

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
    createContext(this.#context);
  }

  /**
   * @param task may be left at any of its steps
   * @returns whether it came to its end
   */
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

/** No `instanceof`: it is an Error of the other context. */
function isTimeout(error: unknown): boolean {
  return typeof error === 'object' && error !== null && Reflect.get(error, 'code') === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
