/** Time without a change before it counts as done, in milliseconds: one save causes several changes. */
const GATHER_DELAY = 100;
/** Maximum delay after the first change, in milliseconds, for a file that is written to all the time. */
const MAX_DELAY = 1000;

/** A timer that gathers the changes of a file that one save causes. */
export class ChangeTimer {
  readonly #onChanged: () => void;
  #timer: NodeJS.Timeout | undefined;
  /** Latest time of the next call; undefined if nothing has changed since the last. */
  #dueAt: number | undefined;

  /** @param onChanged called once for all changes of a save */
  constructor(onChanged: () => void) {
    this.#onChanged = onChanged;
  }

  /** Notes a change. */
  note(): void {
    const now = performance.now();
    this.#dueAt ??= now + MAX_DELAY;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#dueAt = undefined;
        this.#onChanged();
      },
      Math.min(GATHER_DELAY, this.#dueAt - now),
    );
  }

  /** Stops the timer. May be called more than once. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}
