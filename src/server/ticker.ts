/**
 * Calls `onTick` at t0 + n × interval, t0 being the moment of construction, so that errors of single
 * timers don't add up as they do with setInterval. After a stall the missed ticks are skipped, not made up for.
 */
export class Ticker {
  readonly #start = performance.now();
  readonly #interval: number;
  readonly #onTick: () => void;
  #n = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param interval milliseconds, above 0 */
  constructor(interval: number, onTick: () => void) {
    this.#interval = interval;
    this.#onTick = onTick;
    this.#schedule(performance.now());
  }

  /** No tick comes after this. May be called from within a tick, and twice. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(now: number): void {
    // A timer may fire a little early: the tick after this one is n + 1 at the least, never n again.
    const passed = Math.floor((now - this.#start) / this.#interval);
    this.#n = Math.max(this.#n, passed) + 1;
    const due = this.#start + this.#n * this.#interval;
    // Node cuts a delay to whole milliseconds: rounded up, a tick isn't early by the fraction.
    this.#timer = setTimeout(() => this.#tick(), Math.ceil(due - now));
  }

  #tick(): void {
    this.#schedule(performance.now());
    this.#onTick();
  }
}
