import type { Between } from '../../../messages/timeline';

/** A cursor in time, and the part of it that is selected. Times as `Date.now()` counts. */
export class TimeSelection {
  #cursor: number | undefined;
  #between: Between | undefined;
  /** Time from which the cursor extends the selection; undefined if it begins a new one. */
  #anchor: number | undefined;

  get cursor(): number | undefined {
    return this.#cursor;
  }

  /** Selected time; undefined if none is. */
  get between(): Between | undefined {
    return this.#between;
  }

  /** Moves the cursor; the selection stays. */
  move(time: number): void {
    [this.#cursor, this.#anchor] = [time, undefined];
  }

  /** Moves the cursor, and selects the time between where it was first and where it is now. @param from where, if it was nowhere */
  extend(time: number, from: number): void {
    this.#anchor ??= this.#cursor ?? from;
    this.#cursor = time;
    this.#between = { from: Math.min(this.#anchor, time), to: Math.max(this.#anchor, time) };
  }

  /** Selects nothing, and removes the cursor. */
  clear(): void {
    [this.#cursor, this.#anchor, this.#between] = [undefined, undefined, undefined];
  }
}
