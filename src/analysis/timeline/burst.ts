import type { Scale } from './scale';

/** Longest time between two events of a burst, in milliseconds. */
export const BURST_GAP = 5;
/** Longest time that a burst takes, in milliseconds: what goes on for longer is a fast stream. */
const MAX_BURST = 250;

/** The burst in progress, whose size is kept at its beginning. */
export class Burst {
  readonly #scales: readonly Scale[];
  #from = Number.NEGATIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;
  #size = 0;

  constructor(scales: readonly Scale[]) {
    this.#scales = scales;
  }

  /** Counts an event. Returns the time since the burst before; undefined if it goes on, or there is none in this connection. */
  add(time: number): number | undefined {
    const gap = time - this.#last;
    this.#last = time;
    if (gap > BURST_GAP) [this.#from, this.#size] = [time, 0];
    this.#size += 1;
    this.#note(time);
    return gap > BURST_GAP && gap < Number.POSITIVE_INFINITY ? gap : undefined;
  }

  /** Begins a new connection: time between connections is no gap. */
  begin(): void {
    this.#last = Number.NEGATIVE_INFINITY;
  }

  #note(time: number): void {
    const isFast = time - this.#from > MAX_BURST;
    for (const scale of this.#scales) {
      const slot = scale.slotOf(this.#from);
      const { bursts } = scale.tallies;
      bursts[slot] = isFast ? 0 : Math.max(bursts[slot] ?? 0, this.#size);
    }
  }
}
