import type { Arrivals, ArrivalsSnapshot } from './arrivals';
import type { ByteLog } from './byteLog';
import type { WallClock } from './wallClock';

/** A line of a stream. */
export interface TimedLine {
  /** The line without its end, truncated at 4 KB. */
  bytes: Uint8Array;
  /**
   * Time at which it came, as `Date.now()` counts, if it is the first line that was complete then; undefined if others came
   * with it before, if nothing of it has come, or if the time is no longer known.
   */
  time: number | undefined;
}

/** Lines of a stream with the times at which they came. A line came when its end did; the last one, when its latest bytes did. */
export class TimedLines {
  readonly #bytes: ByteLog;
  readonly #arrivals: Arrivals;
  readonly #clock: WallClock;

  /** @param arrivals of the same bytes @param clock of the arrivals */
  constructor(bytes: ByteLog, arrivals: Arrivals, clock: WallClock) {
    [this.#bytes, this.#arrivals, this.#clock] = [bytes, arrivals, clock];
  }

  /** Returns the lines from one number to another, as far as they are kept. */
  between(from: number, to: number): TimedLine[] {
    const arrivals = this.#arrivals.snapshot();
    const known = this.#arrivals.start;
    return this.#bytes.placedLines(from, to).map(({ bytes, start, end }) => {
      const number = end > start && end > known ? arrivalOf(end, arrivals) : undefined;
      const isFirst = start <= known || arrivalOf(start, arrivals) !== number;
      const arrival = number !== undefined && isFirst ? arrivals.at(number) : undefined;
      return { bytes, time: arrival?.kind === 'bytes' ? this.#clock.at(arrival.time) : undefined };
    });
  }
}

/** Returns the number of the arrival that brought the byte before a position; undefined if none has. */
function arrivalOf(position: number, arrivals: ArrivalsSnapshot): number | undefined {
  let [low, high] = [arrivals.first, arrivals.end];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (arrivals.at(middle).position < position) low = middle + 1;
    else high = middle;
  }
  return low < arrivals.end ? low : undefined;
}
