import type { Fill, StepFills } from '../fill/fill';

/** Places of the lines that haven't been put into steps yet, in ascending order. */
export class PendingFills {
  #places: Fill[] = [];
  #event = 1;

  get isEmpty(): boolean {
    return this.#places.length === 0;
  }

  /**
   * Adds the places of a line.
   * @param shift from their ranges to those in the buffer of all lines
   * @param event number of the line's event, which is that of all pending places
   */
  add(places: readonly Fill[], shift: number, event: number): void {
    for (const { start, end, filler, within } of places)
      this.#places.push({ start: start + shift, end: end + shift, filler, within });
    this.#event = event;
  }

  /** Whether a place stands across the offset. */
  isDividedAt(offset: number): boolean {
    return this.#places.some(({ start, end }) => start < offset && offset < end);
  }

  /** Removes the places in a range of the buffer. @returns them, relative to its start; undefined if there are none */
  take(from: number, to: number): StepFills | undefined {
    if (this.#places.length === 0) return undefined;
    const index = this.#places.findIndex(({ start }) => start >= to);
    const taken = this.#places.splice(0, index < 0 ? this.#places.length : index);
    if (taken.length === 0) return undefined;
    const places = taken.map((fill) => ({ ...fill, start: fill.start - from, end: fill.end - from }));
    return { event: this.#event, places };
  }
}
