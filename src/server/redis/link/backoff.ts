/** Shortest and longest pause, in milliseconds, before its random part. */
const FIRST = 200;
const LONGEST = 10_000;

/**
 * Pauses between attempts: each twice as long as the one before, up to 10 s, and of random length from half of that. The next one is
 * short again behind a connection that has lasted for 10 s: one that ends at once is no success.
 */
export class Backoff {
  #next = FIRST;
  /** Time at which a connection was opened, by `performance.now`. */
  #openedAt = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  /** Calls the function after the next pause, unless it is stopped. */
  wait(onOver: () => void): void {
    if (performance.now() - this.#openedAt >= LONGEST) this.#next = FIRST;
    this.#openedAt = Number.POSITIVE_INFINITY;
    const pause = this.#next * (0.5 + Math.random() / 2);
    this.#next = Math.min(2 * this.#next, LONGEST);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(onOver, pause);
  }

  /** Notes that a connection was opened. */
  noteOpened(): void {
    this.#openedAt = performance.now();
  }

  /** Ends a pause; its function isn't called. May be called more than once. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}
