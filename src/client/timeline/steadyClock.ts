/** Step back of the time of day from which on it counts as set, in milliseconds: less is only waited for. */
const SET_BACK = 1000;

/**
 * Tells the time of day, but never goes back: where the computer's clock is set back, as after a sleep or by a network, the time
 * goes on from where it was. Otherwise all that comes in the next hour would have come at once.
 */
export class SteadyClock {
  #shift = 0;
  /** Latest time that was told, and both clocks then. */
  #told = 0;
  #date = Number.NEGATIVE_INFINITY;
  #elapsed = 0;

  /** Returns the time, as `Date.now()` counts. */
  now(date = Date.now(), elapsed = performance.now()): number {
    const back = this.#date - date;
    if (back >= SET_BACK) this.#shift += back + elapsed - this.#elapsed;
    [this.#date, this.#elapsed] = [date, elapsed];
    this.#told = Math.max(this.#told, Math.round(date + this.#shift));
    return this.#told;
  }
}
