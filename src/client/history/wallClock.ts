/** Maximum number of offsets that are kept: the latest. */
const MAX_OFFSETS = 1000;
/** Difference from which on an offset is a new one, in milliseconds. */
const NEW = 20;

/**
 * Tells the time of day of what was timed by `performance.now()`. That clock may stand still while the computer sleeps, and
 * the other is set now and then, so that the distance between the two is noted as things come.
 */
export class WallClock {
  readonly #offsets: { since: number; offset: number }[] = [];

  /** Notes both clocks, in milliseconds. */
  note(time: number, now: number): void {
    const offset = now - time;
    const last = this.#offsets.at(-1);
    if (last && Math.abs(last.offset - offset) < NEW) return;
    this.#offsets.push({ since: time, offset });
    if (this.#offsets.length > MAX_OFFSETS) this.#offsets.shift();
  }

  /** Returns a time as `Date.now()` counts. Before anything was noted, the two clocks are taken for the same. */
  at(time: number): number {
    const known = this.#offsets.findLast(({ since }) => since <= time) ?? this.#offsets[0];
    return time + (known?.offset ?? 0);
  }
}
