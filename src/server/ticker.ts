/**
 * Ticks wait for the next whole multiple of so many milliseconds, and all that wait for the same one share a timer: each
 * timer wakes the process. 1,000 streams at 1 s took 0.7 to 0.75 of the processor's time so, 8,000 streams 0.9; with 4 ms,
 * 0.6 and 0.9, but then one tick in a hundred was more than 5 ms late.
 */
const GRID = 2;

/** Those that tick at the same moment. */
interface Moment {
  timer: NodeJS.Timeout;
  tickers: Set<Ticker>;
}

/** By the time that they are for, on performance.now's clock. */
const moments = new Map<number, Moment>();

/**
 * Calls `onTick` at t0 + n × interval, t0 being the moment of construction, so that errors of single
 * timers don't add up as they do with setInterval. After a stall the missed ticks are skipped, not made up for.
 */
export class Ticker {
  readonly #start = performance.now();
  readonly #interval: number;
  readonly #onTick: () => void;
  #n = 0;
  /** When it ticks next; 0: stopped. */
  #due = 0;

  /** @param interval milliseconds, above 0 */
  constructor(interval: number, onTick: () => void) {
    this.#interval = interval;
    this.#onTick = onTick;
    this.#schedule(this.#start);
  }

  /** No tick comes after this. May be called from within a tick, and twice. */
  stop(): void {
    const moment = moments.get(this.#due);
    moment?.tickers.delete(this);
    if (moment?.tickers.size === 0) {
      clearTimeout(moment.timer);
      moments.delete(this.#due);
    }
    this.#due = 0;
  }

  #schedule(now: number): void {
    // A timer may fire a little early: the tick after this one is n + 1 at the least, never n again.
    const passed = Math.floor((now - this.#start) / this.#interval);
    this.#n = Math.max(this.#n, passed) + 1;
    this.#due = Math.ceil((this.#start + this.#n * this.#interval) / GRID) * GRID;
    const moment = moments.get(this.#due) ?? Ticker.#newMoment(this.#due, now);
    moment.tickers.add(this);
  }

  static #newMoment(due: number, now: number): Moment {
    // Node cuts a delay to whole milliseconds: rounded up, a tick isn't early by the fraction.
    const timer = setTimeout(() => Ticker.#tickAll(due), Math.ceil(due - now));
    const moment = { timer, tickers: new Set<Ticker>() };
    moments.set(due, moment);
    return moment;
  }

  static #tickAll(due: number): void {
    const tickers = moments.get(due)?.tickers ?? [];
    moments.delete(due);
    const now = performance.now();
    // The next ticks are set first: should one of these throw, the others go on.
    for (const ticker of tickers) ticker.#schedule(now);
    // One may have been stopped by another.
    for (const ticker of tickers) if (ticker.#due > 0) ticker.#onTick();
  }
}
