/** A part of a text in decoded form, which maps each of its characters to a position in the whole text. */
export class DecodedText {
  readonly text: string;
  /**
   * Pairs of a position in the decoded text and the position of the same character in the whole: from there to the next
   * pair, both advance alike. undefined if nothing was decoded.
   */
  readonly #places: readonly number[] | undefined;
  /** Position where the text begins, in the decoded text or the whole. */
  readonly #start: number;

  constructor(text: string, start = 0, places?: readonly number[]) {
    this.text = text;
    this.#start = start;
    this.#places = places;
  }

  /** Returns the position of a character, or of the end, in the whole. */
  place(index: number): number {
    const at = this.#start + index;
    if (!this.#places) return at;
    const last = firstAfter(this.#places, at) - 2;
    return (this.#places[last + 1] ?? 0) + at - (this.#places[last] ?? 0);
  }

  slice(start: number, end: number): DecodedText {
    return new DecodedText(this.text.slice(start, end), this.#start + start, this.#places);
  }

  /** Returns the text with `%XX` decoded, byte by byte: for characters beyond ASCII, only the length matters. */
  withoutPercents(): DecodedText {
    return this.#decode(/%[\da-f]{2}/gi, (found) => Number.parseInt(found.slice(1), 16));
  }

  /** Returns the text with the escapes of a JSON string decoded. */
  withoutEscapes(): DecodedText {
    return this.#decode(/\\(?:u[\da-f]{4}|[^u])/gis, (found) =>
      found[1] === 'u' ? Number.parseInt(found.slice(2), 16) : (ESCAPES[found[1] ?? ''] ?? found.charCodeAt(1)),
    );
  }

  /** Returns the text with the references of XML and HTML decoded that stand for syntax characters, or are numeric. */
  withoutEntities(): DecodedText {
    return this.#decode(/&(?:lt|gt|quot|apos|amp|#\d{1,7}|#x[\da-f]{1,6});/gi, (found) => {
      const name = found.slice(1, -1).toLowerCase();
      if (!name.startsWith('#')) return ENTITIES[name] ?? 0;
      const code = Number(name.startsWith('#x') ? `0${name.slice(1)}` : name.slice(1));
      return Math.min(code, OTHER);
    });
  }

  /**
   * Returns the text with all matches decoded; the object itself if there are none.
   * @param decode returns the code of the character that a match stands for
   */
  #decode(sequence: RegExp, decode: (found: string) => number): DecodedText {
    const places = [0, this.place(0)];
    const before = this.#places ?? [];
    let next = firstAfter(before, this.#start);
    let shift = 0;
    /** Takes over the earlier pairs up to a position. */
    const takeOver = (end: number) => {
      for (; next < before.length && (before[next] ?? 0) - this.#start < end; next += 2)
        places.push((before[next] ?? 0) - this.#start - shift, before[next + 1] ?? 0);
    };
    const text = this.text.replace(sequence, (found: string, index: number) => {
      const end = index + found.length;
      takeOver(index + 1);
      while (next < before.length && (before[next] ?? 0) - this.#start <= end) next += 2;
      places.push(index - shift + 1, this.place(end));
      shift += found.length - 1;
      return String.fromCharCode(decode(found));
    });
    if (shift === 0) return this;
    takeOver(this.text.length + 1);
    return new DecodedText(text, 0, places);
  }
}

/** Returns the index of the first pair after a position. */
function firstAfter(places: readonly number[], at: number): number {
  let [low, high] = [0, places.length / 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[2 * middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return 2 * low;
}

/** Placeholder for a character that takes two code units. */
const OTHER = 0xfffd;
const ESCAPES: Record<string, number> = { b: 8, f: 12, n: 10, r: 13, t: 9 };
const ENTITIES: Record<string, number> = { lt: 60, gt: 62, quot: 34, apos: 39, amp: 38 };
