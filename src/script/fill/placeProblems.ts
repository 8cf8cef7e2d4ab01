import { type BracePair, STEP } from './bracePairs';
import type { PlaceProblem } from './lineFills';
import { BadPlaceError, type Place, readPlace } from './place';

/** Maximum size of a place that is read, in bytes: longer than any that is well-formed, but for its blanks. */
const MAX_PLACE = 2000;
/** Size of the braces at an end of a place. */
const BRACES = 2;

/** A problem whose column isn't known yet. */
interface FoundProblem extends Omit<PlaceProblem, 'column'> {
  /** Index of a byte, and the number of columns behind it at which the problem is. */
  at: number;
  behind: number;
}

/** The problems of the places in a line, in their order. */
export class PlaceProblems {
  readonly #decoder: InstanceType<typeof TextDecoder>;
  readonly #bytes: Uint8Array;
  readonly #found: FoundProblem[] = [];

  /** @param decoder that keeps byte order marks: to make one for each line would take longer than to read it */
  constructor(line: Uint8Array, decoder: InstanceType<typeof TextDecoder>) {
    [this.#bytes, this.#decoder] = [line, decoder];
  }

  /** Adds a problem about a whole place. */
  add(code: Exclude<PlaceProblem['code'], 'place'>, { start, end }: BracePair): void {
    this.#found.push({ code, place: undefined, at: start, behind: 0, text: this.#textOf(start, end) });
  }

  /** Parses a place. @returns undefined if it has a problem, which is added */
  read({ start, end }: BracePair): Place | undefined {
    const at = start + BRACES;
    const text = this.#textOf(at, end - BRACES);
    try {
      const place = readPlace(text);
      if (end - BRACES - at > MAX_PLACE) throw new BadPlaceError('unknown', 0, text.length);
      return place;
    } catch (error) {
      if (!(error instanceof BadPlaceError)) throw error;
      const part = text.slice(error.start, error.end);
      this.#found.push({ code: 'place', place: error.place, at, behind: error.start, text: part });
      return undefined;
    }
  }

  /** Returns all problems with their columns. Yields while it counts. */
  *all(): Generator<undefined, PlaceProblem[]> {
    const problems: PlaceProblem[] = [];
    let [counted, column] = [0, 0];
    for (const { at, behind, ...problem } of this.#found) {
      for (; counted < at; counted += STEP) {
        const end = Math.min(counted + STEP, at);
        column += this.#decoder.decode(this.#bytes.subarray(counted, end), { stream: end < at }).length;
        if (end < at) yield;
      }
      counted = at;
      problems.push({ ...problem, column: column + behind });
    }
    return problems;
  }

  #textOf(start: number, end: number): string {
    const text = this.#decoder.decode(this.#bytes.subarray(start, Math.min(end, start + MAX_PLACE)));
    // The last character may be cut.
    return end - start > MAX_PLACE ? text.replace(/\ufffd$/, '') : text;
  }
}
