/** A clock that can be paused. It starts at 0, and running. */
export class Stopwatch {
  /** Value of `performance.now` at which this clock shows 0. */
  #start = performance.now();
  #pausedAt: number | undefined;

  /** Time on this clock, in milliseconds. */
  get now(): number {
    return this.#pausedAt ?? performance.now() - this.#start;
  }

  get paused(): boolean {
    return this.#pausedAt !== undefined;
  }

  /** Pauses the clock. May be called more than once. */
  pause(): void {
    this.#pausedAt = this.now;
  }

  /** Resumes the clock. Does nothing while it is running. */
  resume(): void {
    this.#start = performance.now() - this.now;
    this.#pausedAt = undefined;
  }
}
