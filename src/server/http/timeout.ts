/** Number of ticks that a timeout consists of. */
const TICKS = 10;

/**
 * A timeout for a client that counts only the time in which this process runs. After the process was suspended, by a
 * debugger or because the machine slept, its timers fire before its sockets are read: a late tick then counts only once.
 */
export class Timeout {
  readonly #tick: number;
  readonly #onOver: () => void;
  #ticksLeft = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param milliseconds duration @param onOver called when it has expired; not called after `stop` */
  constructor(milliseconds: number, onOver: () => void) {
    this.#tick = milliseconds / TICKS;
    this.#onOver = onOver;
  }

  /** Starts the timeout, unless it is running already. */
  start(): void {
    if (this.#timer) return;
    this.#ticksLeft = TICKS;
    this.#wait();
  }

  /** Stops the timeout. May be called more than once. */
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
