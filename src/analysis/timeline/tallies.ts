import type { Columns } from './timelineView';

/** A number of slots of time, and for each the events, the comments, and the size of the largest burst that begins in it. */
export class Tallies {
  readonly events: Uint32Array;
  readonly comments: Uint32Array;
  readonly bursts: Uint32Array;

  constructor(size: number) {
    this.events = new Uint32Array(size);
    this.comments = new Uint32Array(size);
    this.bursts = new Uint32Array(size);
  }

  /** Empties the slots from one to another, `to` excluded. */
  clear(from: number, to: number): void {
    for (const counts of [this.events, this.comments, this.bursts]) counts.fill(0, from, to);
  }

  /** Makes each two slots one, in the first half; the second half is empty then. */
  fold(): void {
    const half = this.events.length / 2;
    for (let slot = 0; slot < half; slot += 1) {
      const [one, other] = [2 * slot, 2 * slot + 1];
      this.events[slot] = at(this.events, one) + at(this.events, other);
      this.comments[slot] = at(this.comments, one) + at(this.comments, other);
      this.bursts[slot] = Math.max(at(this.bursts, one), at(this.bursts, other));
    }
    this.clear(half, 2 * half);
  }

  /** Adds a slot to a column. Does nothing if there is no such column. */
  addTo(columns: Columns, column: number, slot: number): void {
    const [events, comments, burst] = [columns.events[column], columns.comments[column], columns.bursts[column]];
    if (events === undefined || comments === undefined || burst === undefined) return;
    columns.events[column] = events + at(this.events, slot);
    columns.comments[column] = comments + at(this.comments, slot);
    columns.bursts[column] = Math.max(burst, at(this.bursts, slot));
  }
}

function at(counts: Uint32Array, slot: number): number {
  return counts[slot] ?? 0;
}
