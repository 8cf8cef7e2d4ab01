/** A set of ASCII characters with a fast lookup, for scanning long texts. */
export class Signs {
  readonly #has = new Uint8Array(128);

  constructor(signs: string) {
    for (const sign of signs) this.#has[sign.charCodeAt(0)] = 1;
  }

  /** Whether the set contains a character. @param code of the character */
  has(code: number): boolean {
    return this.#has[code] === 1;
  }

  /** Returns the index of the first of the characters, from a position on; the end of the text if there is none. */
  next(text: string, from: number): number {
    const is = this.#has;
    const { length } = text;
    let at = from;
    while (at < length && is[text.charCodeAt(at)] !== 1) at += 1;
    return Math.min(at, length);
  }
}

/** Characters that end a line. */
export const LINE_ENDS = new Signs('\r\n');
