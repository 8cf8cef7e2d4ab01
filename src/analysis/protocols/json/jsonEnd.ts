const [QUOTE, BACKSLASH, ARRAY, ARRAY_END, OBJECT, OBJECT_END] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Tells whether JSON text that comes in pieces may be whole: an object or array that is closed, once. Looks at each piece once,
 * so that the text needn't be parsed after each.
 */
export class JsonEnd {
  #depth = 0;
  #state: 'before' | 'inside' | 'behind' | 'never' = 'before';
  #isInString = false;
  #isEscaped = false;

  /** Whether the text so far may be whole. If so, only white space may follow. */
  get isReached(): boolean {
    return this.#state === 'behind';
  }

  feed(piece: string): void {
    for (let at = 0; at < piece.length && this.#state !== 'never'; at += 1) {
      const code = piece.charCodeAt(at);
      if (this.#isInString) this.#readString(code);
      else if (code === ARRAY || code === OBJECT) this.#open();
      else if (this.#state !== 'inside') {
        if (!isSpace(code)) this.#state = 'never';
      } else if (code === ARRAY_END || code === OBJECT_END) {
        this.#depth -= 1;
        if (this.#depth === 0) this.#state = 'behind';
      } else if (code === QUOTE) this.#isInString = true;
    }
  }

  #open(): void {
    this.#depth += 1;
    this.#state = this.#state === 'behind' ? 'never' : 'inside';
  }

  #readString(code: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (code === BACKSLASH) this.#isEscaped = true;
    else if (code === QUOTE) this.#isInString = false;
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
