/** Reconnection time unless the stream sets one, in milliseconds: Chromium's. */
const DEFAULT_TIME = 3000;
/** Minimum reconnection time, in milliseconds: with less, a stream would be requested again and again without a pause. */
const MIN_TIME = 100;
/** Maximum time that the backoff reaches, in milliseconds: the time doubles with each failure in a row. */
const MAX_BACKOFF = 30_000;
/** Maximum delay of a timer, in milliseconds. */
const MAX_TIMER = 2 ** 31 - 1;

/** The time to wait before a reconnect (WHATWG HTML §9.2.3), with exponential backoff. */
export class ReconnectionTime {
  /** Time that the stream has set, in milliseconds. */
  #time = DEFAULT_TIME;
  #failures = 0;

  /** Sets the time that a `retry` field gives. */
  set(milliseconds: number): void {
    this.#time = milliseconds;
  }

  /** Ends the backoff, as the stream was opened. */
  opened(): void {
    this.#failures = 0;
  }

  failed(): void {
    this.#failures += 1;
  }

  /** Time to wait, in milliseconds. If the stream asks for more than the maximum of the backoff, it gets that. */
  get delay(): number {
    const longest = Math.min(Math.max(MAX_BACKOFF, this.#time), MAX_TIMER);
    return Math.min(Math.max(MIN_TIME, this.#time) * 2 ** Math.max(0, this.#failures - 1), longest);
  }
}
