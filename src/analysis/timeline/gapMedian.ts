/** Number of gap lengths that are counted one by one, in milliseconds; above, a class is at most 3 % wide. */
const EXACT = 64;
const HALF = EXACT / 2;
/** Powers of two above `EXACT`: up to a month. */
const POWERS = 26;
const CLASSES = EXACT + POWERS * HALF;

/** Counts gaps by their length, and so knows their median: the mean of the class that it is in. */
export class GapMedian {
  readonly #counts = new Uint32Array(CLASSES);
  readonly #sums = new Float64Array(CLASSES);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** @param gap length in milliseconds */
  add(gap: number): void {
    const index = classOf(gap);
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#sums[index] = (this.#sums[index] ?? 0) + gap;
    this.#count += 1;
  }

  /** Median, in milliseconds; undefined if there is no gap. */
  get value(): number | undefined {
    if (this.#count === 0) return undefined;
    let seen = 0;
    const index = this.#counts.findIndex((count) => {
      seen += count;
      return seen >= this.#count / 2;
    });
    return (this.#sums[index] ?? 0) / (this.#counts[index] ?? 1);
  }
}

function classOf(gap: number): number {
  const whole = Math.max(0, Math.floor(gap));
  if (whole < EXACT) return whole;
  const power = Math.floor(Math.log2(whole)) - Math.log2(EXACT);
  const step = Math.floor(whole / 2 ** (power + 1)) - HALF;
  return Math.min(CLASSES - 1, EXACT + power * HALF + step);
}
