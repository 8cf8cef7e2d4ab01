/** A set of signs of ASCII, for which many characters are looked at. */
export class Signs {
  readonly #has = new Uint8Array(128);

  constructor(signs: string) {
    for (const sign of signs) this.#has[sign.charCodeAt(0)] = 1;
  }

  /** Whether the character is one of them. @param code of the character */
  has(code: number): boolean {
    return this.#has[code] === 1;
  }

  /** Returns where the first of the signs is, from there on; the text's end where there is none. */
  next(text: string, from: number): number {
    const is = this.#has;
    const { length } = text;
    let at = from;
    while (at < length && is[text.charCodeAt(at)] !== 1) at += 1;
    return Math.min(at, length);
  }
}

/** Signs that end a line. */
export const LINE_ENDS = new Signs('\r\n');
