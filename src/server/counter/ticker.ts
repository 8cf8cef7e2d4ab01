import type { SharedTimers, TimerListener } from './sharedTimers';

/**
 * A timer that calls `onTick` at t0 + n × interval, t0 being the time of construction, so that errors of single timers
 * don't add up as they do with setInterval. After a stall, missed ticks are skipped.
 */
export class Ticker implements TimerListener {
  readonly #timers: SharedTimers;
  readonly #interval: number;
  readonly #onTick: () => void;
  readonly #start = performance.now();
  #n = 0;
  /** Time of the next tick. */
  #time = 0;
  #stopped = false;

  /** @param interval milliseconds, above 0 */
  constructor(timers: SharedTimers, interval: number, onTick: () => void) {
    this.#timers = timers;
    this.#interval = interval;
    this.#onTick = onTick;
    this.prepare(this.#start);
  }

  /** Stops the ticks. May be called from within a tick, and more than once. */
  stop(): void {
    this.#stopped = true;
    this.#timers.delete(this.#time, this);
  }

  prepare(now: number): void {
    // The ticker may have been stopped while it waited for its turn.
    if (this.#stopped) return;
    // A timer may fire a little early: the next tick is at least n + 1, never n again.
    const passed = Math.floor((now - this.#start) / this.#interval);
    this.#n = Math.max(this.#n, passed) + 1;
    this.#time = this.#timers.add(this.#start + this.#n * this.#interval, now, this);
  }

  onTime(): void {
    // Another listener of the same timer may have stopped it.
    if (!this.#stopped) this.#onTick();
  }
}
