import type { SharedTimers, TimerListener } from './sharedTimers';

/**
 * Calls `onTick` at t0 + n × interval, t0 being the moment of construction, so that errors of single
 * timers don't add up as they do with setInterval. After a stall the missed ticks are skipped, not made up for.
 */
export class Ticker implements TimerListener {
  readonly #timers: SharedTimers;
  readonly #interval: number;
  readonly #onTick: () => void;
  readonly #start = performance.now();
  #n = 0;
  /** When it ticks next. */
  #time = 0;
  #stopped = false;

  /** @param interval milliseconds, above 0 */
  constructor(timers: SharedTimers, interval: number, onTick: () => void) {
    this.#timers = timers;
    this.#interval = interval;
    this.#onTick = onTick;
    this.prepare(this.#start);
  }

  /** No tick comes after this. May be called from within a tick, and twice. */
  stop(): void {
    this.#stopped = true;
    this.#timers.delete(this.#time, this);
  }

  prepare(now: number): void {
    // It may have waited for its turn.
    if (this.#stopped) return;
    // A timer may fire a little early: the tick after this one is n + 1 at the least, never n again.
    const passed = Math.floor((now - this.#start) / this.#interval);
    this.#n = Math.max(this.#n, passed) + 1;
    this.#time = this.#timers.add(this.#start + this.#n * this.#interval, now, this);
  }

  onTime(): void {
    // Another's at the same moment may have stopped it.
    if (!this.#stopped) this.#onTick();
  }
}
