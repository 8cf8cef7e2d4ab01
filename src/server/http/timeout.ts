/** A patience is counted in so many ticks. */
const TICKS = 10;

/**
 * Waits so long for a client, and counts only the time in which this process ran. A process that was stopped, by a debugger
 * or since the machine slept, finds its timers due before its sockets are looked at: the tick that is late counts once.
 */
export class Timeout {
  readonly #tick: number;
  readonly #onOver: () => void;
  #ticksLeft = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param milliseconds how long @param onOver it is over; not called after `stop` */
  constructor(milliseconds: number, onOver: () => void) {
    this.#tick = milliseconds / TICKS;
    this.#onOver = onOver;
  }

  /** Begins to wait, unless it waits already. */
  start(): void {
    if (this.#timer) return;
    this.#ticksLeft = TICKS;
    this.#wait();
  }

  /** Waits no more. Twice is fine. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      this.#ticksLeft -= 1;
      if (this.#ticksLeft > 0) return this.#wait();
      this.#timer = undefined;
      this.#onOver();
    }, this.#tick);
  }
}
