/** A part of a text as it reads when it is decoded, and where in the whole text each of its characters stands. */
export class DecodedText {
  readonly text: string;
  /** The places in the whole of characters, and of the end; undefined where each is its own. */
  readonly #places: Uint32Array | undefined;
  /** Where among these the text begins. */
  readonly #start: number;

  constructor(text: string, start = 0, places?: Uint32Array) {
    this.text = text;
    this.#start = start;
    this.#places = places;
  }

  /** Returns where the character, or the end, stands in the whole. */
  place(index: number): number {
    const at = this.#start + index;
    return this.#places ? (this.#places[at] ?? 0) : at;
  }

  slice(start: number, end: number): DecodedText {
    return new DecodedText(this.text.slice(start, end), this.#start + start, this.#places);
  }

  /** Returns it with the `%XX` decoded, byte by byte: of what isn't ASCII only the length counts. */
  withoutPercents(): DecodedText {
    return this.#decode(/%[\da-f]{2}/gi, (found) => Number.parseInt(found.slice(1), 16));
  }

  /** Returns it with the escapes of a string in JSON decoded. */
  withoutEscapes(): DecodedText {
    return this.#decode(/\\(?:u[\da-f]{4}|[^u])/gis, (found) =>
      found[1] === 'u' ? Number.parseInt(found.slice(2), 16) : (ESCAPES[found[1] ?? ''] ?? found.charCodeAt(1)),
    );
  }

  /** Returns it with the references of XML and HTML decoded that stand for signs, or for characters by their numbers. */
  withoutEntities(): DecodedText {
    return this.#decode(/&(?:lt|gt|quot|apos|amp|#\d{1,7}|#x[\da-f]{1,6});/gi, (found) => {
      const name = found.slice(1, -1).toLowerCase();
      if (!name.startsWith('#')) return ENTITIES[name] ?? 0;
      const code = Number(name.startsWith('#x') ? `0${name.slice(1)}` : name.slice(1));
      return Math.min(code, OTHER);
    });
  }

  /** @param decode returns the code of the one character that is written so */
  #decode(sequence: RegExp, decode: (found: string) => number): DecodedText {
    const { text } = this;
    const places = new Uint32Array(text.length + 1);
    const parts: string[] = [];
    let [from, count] = [0, 0];
    const copy = (to: number) => {
      parts.push(text.slice(from, to));
      for (; from < to; from += 1) places[count++] = this.place(from);
    };
    for (const { 0: found, index } of text.matchAll(sequence)) {
      copy(index);
      parts.push(String.fromCharCode(decode(found)));
      places[count++] = this.place(index);
      from = index + found.length;
    }
    copy(text.length);
    places[count] = this.place(text.length);
    return new DecodedText(parts.join(''), 0, places);
  }
}

/** Stands for a character that takes two. */
const OTHER = 0xfffd;
const ESCAPES: Record<string, number> = { b: 8, f: 12, n: 10, r: 13, t: 9 };
const ENTITIES: Record<string, number> = { lt: 60, gt: 62, quot: 34, apos: 39, amp: 38 };
