/** Shortest and longest pause, in milliseconds, before its random part. */
const FIRST = 200;
const LONGEST = 10_000;

/** Pauses between attempts: each twice as long as the one before, up to 10 s, and of random length from half of that. */
export class Backoff {
  #next = FIRST;
  #timer: NodeJS.Timeout | undefined;

  /** Calls the function after the next pause, unless it is stopped. */
  wait(onOver: () => void): void {
    const pause = this.#next * (0.5 + Math.random() / 2);
    this.#next = Math.min(2 * this.#next, LONGEST);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(onOver, pause);
  }

  /** Makes the next pause short again. */
  reset(): void {
    this.#next = FIRST;
  }

  /** Ends a pause; its function isn't called. May be called more than once. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}
