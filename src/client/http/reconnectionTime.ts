/** The reconnection time while the stream doesn't set one, in milliseconds: Chromium's. */
const USUAL = 3000;
/** A stream that sets less would be asked for again and again, without a pause. */
const LEAST = 100;
/** Failure after failure it doubles, up to so many milliseconds. */
const MOST = 30_000;
/** Longer than this, no timer waits, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** How long to wait before a stream is asked for again (WHATWG HTML §9.2.3), in milliseconds. */
export class ReconnectionTime {
  /** As the stream has set it. */
  #time = USUAL;
  #failures = 0;

  /** As a `retry` field says. */
  set(milliseconds: number): void {
    this.#time = milliseconds;
  }

  /** The stream was opened. */
  opened(): void {
    this.#failures = 0;
  }

  failed(): void {
    this.#failures += 1;
  }

  /** A stream may ask for more than the cap. */
  get delay(): number {
    const longest = Math.min(Math.max(MOST, this.#time), LONGEST_TIMER);
    return Math.min(Math.max(LEAST, this.#time) * 2 ** Math.max(0, this.#failures - 1), longest);
  }
}
