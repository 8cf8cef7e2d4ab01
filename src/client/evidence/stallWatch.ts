import type { Stall } from '../../analysis/evidence/evidence';

/** Time between two looks at the clock, in milliseconds. */
const TICK = 100;
/** Delay of a look above which it counts as a stall, in milliseconds. */
const MIN_STALL = 50;
/** Maximum number of stalls that are kept: the latest. */
const MAX_STALLS = 256;

/** A watch of our own event loop: while that is blocked, all that comes is seen late, and no rule may judge by it. */
export class StallWatch {
  readonly #stalls: Stall[] = [];
  #timer: NodeJS.Timeout | undefined;
  #lookedAt = 0;

  get stalls(): readonly Stall[] {
    return this.#stalls;
  }

  /** Begins the watch; does nothing while it runs. @param now current time in milliseconds */
  start(now: () => number): void {
    if (this.#timer) return;
    this.#lookedAt = now();
    this.#timer = setInterval(() => this.#look(now()), TICK);
    // It must not keep a program alive that has nothing else to do.
    this.#timer.unref();
  }

  /** Ends the watch. Can be called repeatedly. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(now: number): void {
    const length = now - this.#lookedAt - TICK;
    if (length >= MIN_STALL) {
      this.#stalls.push({ from: this.#lookedAt + TICK, length });
      if (this.#stalls.length > MAX_STALLS) this.#stalls.shift();
    }
    this.#lookedAt = now;
  }
}
