/** Number of strings that are remembered; a power of two. */
const SIZE = 4096;

/**
 * Strings of JSON text that have come before, each behind something that has a number, such as the names of an object before it.
 * It remembers few: of many, some are new again.
 */
export class SeenStrings {
  /** Whether the string that was noted last had not come before. */
  isNew = false;
  /** Number of the present text, for strings that are behind nothing. */
  strings = 0;
  #text = '';
  /** Numbers of texts and strings; none is used twice, so that what is remembered of other texts is never found. */
  #last = 0;
  readonly #behind = new Float64Array(SIZE);
  readonly #at = new Uint32Array(SIZE);
  readonly #end = new Uint32Array(SIZE);
  readonly #number = new Float64Array(SIZE);

  /** Begins with another text. @returns the number of what is behind nothing */
  begin(text: string): number {
    this.#text = text;
    this.strings = this.#last + 1;
    this.#last += 2;
    return this.#last;
  }

  /** Notes the string at that place behind the number. @returns the number of both together */
  note(behind: number, at: number, end: number): number {
    const text = this.#text;
    const [first, middle, last] = [text.charCodeAt(at + 1), text.charCodeAt((at + end) >> 1), text.charCodeAt(end - 2)];
    const slot = (behind * 31 + (end - at) * 17 + first * 7 + middle * 5 + last * 3) & (SIZE - 1);
    this.isNew = this.#behind[slot] !== behind || !this.#isSame(slot, at, end);
    if (!this.isNew) return this.#number[slot] ?? 0;
    this.#last += 1;
    this.#behind[slot] = behind;
    this.#at[slot] = at;
    this.#end[slot] = end;
    this.#number[slot] = this.#last;
    return this.#last;
  }

  #isSame(slot: number, at: number, end: number): boolean {
    const [text, before] = [this.#text, this.#at[slot] ?? 0];
    if ((this.#end[slot] ?? 0) - before !== end - at) return false;
    for (let step = end - at - 2; step > 0; step -= 1)
      if (text.charCodeAt(before + step) !== text.charCodeAt(at + step)) return false;
    return true;
  }
}
