import type { Turns } from '../../turns/turns';

/**
 * Times are rounded up to a whole multiple of so many milliseconds, and all that come to the same one share a timer: each
 * timer wakes the process. 1,000 streams at 1 s took 0.75 of the processor's time so, 8,000 streams 0.9; with 4 ms
 * 0.6 and 0.9, but then one event in a hundred was more than 5 ms late.
 */
const GRID = 2;

/** Maximum number of listeners called at one go, about 1 ms of work; the rest have their turn behind others who are busy. */
const AT_ONE_GO = 64;

/** Whom a moment calls. */
export interface TimerListener {
  /** Called for all that are called at one go before `onTime` is, for any: the one that throws there doesn't keep the others from going on. */
  prepare(now: number): void;
  onTime(): void;
}

/** The times that someone waits for, each with one timer. It holds no timer when no one waits. */
export class SharedTimers {
  /** By their time. */
  readonly #timers = new Map<number, { timer: NodeJS.Timeout; all: Set<TimerListener> }>();
  readonly #turns: Turns;

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /**
   * @param due on the clock of `performance.now`, as `now` is
   * @returns the time that it will be, to be given to `delete`
   */
  add(due: number, now: number, one: TimerListener): number {
    const time = Math.ceil(due / GRID) * GRID;
    const moment = this.#timers.get(time) ?? this.#open(time, now);
    moment.all.add(one);
    return time;
  }

  /** It is called no more. Fine for one that doesn't wait. */
  delete(time: number, one: TimerListener): void {
    const moment = this.#timers.get(time);
    moment?.all.delete(one);
    if (moment?.all.size !== 0) return;
    clearTimeout(moment.timer);
    this.#timers.delete(time);
  }

  #open(time: number, now: number): { timer: NodeJS.Timeout; all: Set<TimerListener> } {
    // Node cuts a delay to whole milliseconds: rounded up, a moment isn't early by the fraction.
    const timer = setTimeout(() => this.#call(time), Math.ceil(time - now));
    const moment = { timer, all: new Set<TimerListener>() };
    this.#timers.set(time, moment);
    return moment;
  }

  #call(time: number): void {
    const all = this.#timers.get(time)?.all ?? [];
    this.#timers.delete(time);
    this.#callAll([...all]);
  }

  #callAll(all: TimerListener[]): void {
    const some = all.splice(0, AT_ONE_GO);
    if (all.length > 0) this.#turns.add(() => this.#callAll(all));
    const now = performance.now();
    for (const one of some) one.prepare(now);
    for (const one of some) one.onTime();
  }
}
