import { Tallies } from './tallies';
import type { Columns } from './timelineView';

/** Number of slots. Of `AllTime`, at least half are used, so that each of up to 2,000 columns has at least one. */
const SLOTS = 4096;
/** Length of a slot of `LastMinute`, in milliseconds: all of them are 82 s. */
const FINE = 20;

/** Tallies over time: finds the slot of a time, and makes columns of the slots. Times never go back. */
export interface Scale {
  readonly tallies: Tallies;
  /** Returns the slot of a time, which is the latest one or a little before it. */
  slotOf(time: number): number;
  /** Adds everything from a time on to columns of that length. */
  addTo(columns: Columns, from: number, length: number): void;
}

/** Tallies of all times since the beginning: when there is no more room, slots become twice as long. */
export class AllTime implements Scale {
  readonly tallies = new Tallies(SLOTS);
  readonly #from: number;
  /** Length of a slot, in milliseconds. */
  #length = 1;
  #used = 0;

  constructor(from: number) {
    this.#from = from;
  }

  slotOf(time: number): number {
    while (time >= this.#from + SLOTS * this.#length) {
      this.tallies.fold();
      this.#length *= 2;
      this.#used = Math.ceil(this.#used / 2);
    }
    const slot = Math.max(0, Math.floor((time - this.#from) / this.#length));
    this.#used = Math.max(this.#used, slot + 1);
    return slot;
  }

  addTo(columns: Columns, from: number, length: number): void {
    for (let slot = 0; slot < this.#used; slot += 1) {
      const time = this.#from + slot * this.#length;
      this.tallies.addTo(columns, Math.floor((time - from) / length), slot);
    }
  }
}

/** Tallies of the last minute: a ring of slots of 20 ms. */
export class LastMinute implements Scale {
  readonly tallies = new Tallies(SLOTS);
  /** The latest slot, counted from the beginning of all time. */
  #latest = Number.NEGATIVE_INFINITY;

  slotOf(time: number): number {
    const slot = Math.floor(time / FINE);
    if (slot > this.#latest) this.#empty(Math.max(this.#latest + 1, slot - SLOTS + 1), slot);
    this.#latest = Math.max(this.#latest, slot);
    return slot % SLOTS;
  }

  addTo(columns: Columns, from: number, length: number): void {
    const first = Math.max(Math.floor(from / FINE), this.#latest - SLOTS + 1);
    for (let slot = first; slot <= this.#latest; slot += 1) {
      // By its middle; the first slot may begin before the first column.
      const column = Math.max(0, Math.floor(((slot + 0.5) * FINE - from) / length));
      this.tallies.addTo(columns, column, slot % SLOTS);
    }
  }

  /** Empties at most all slots, from one to another, both included. */
  #empty(first: number, last: number): void {
    const [from, to] = [first % SLOTS, (last % SLOTS) + 1];
    if (from < to) this.tallies.clear(from, to);
    else {
      this.tallies.clear(from, SLOTS);
      this.tallies.clear(0, to);
    }
  }
}
