/** A clock that can be paused. It begins at 0, and runs. */
export class Stopwatch {
  /** What `performance.now` says when this clock says 0. */
  #start = performance.now();
  #pausedAt: number | undefined;

  /** In milliseconds. */
  get now(): number {
    return this.#pausedAt ?? performance.now() - this.#start;
  }

  get paused(): boolean {
    return this.#pausedAt !== undefined;
  }

  /** Twice is fine. */
  pause(): void {
    this.#pausedAt = this.now;
  }

  /** Fine while it runs. */
  resume(): void {
    this.#start = performance.now() - this.now;
    this.#pausedAt = undefined;
  }
}
