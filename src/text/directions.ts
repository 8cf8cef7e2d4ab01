/** Characters that run from right to left, or control directions. */
const TURNING =
  /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const LETTER = /\p{L}/u;
const BRACKET = /[\p{Ps}\p{Pe}]/u;
const ASCII_BRACKETS = [...'()[]{}'].map((bracket) => bracket.charCodeAt(0));

/**
 * Directions in a text. Behind a character that turns the direction, up to the next letter, each digit or sign may be a text
 * run of its own; and in a text with any such character, a browser pairs the brackets, which takes quadratic time.
 */
export class Directions {
  #hasTurned = false;
  /** Whether there has been no letter since a character that turns the direction. */
  #isTurned = false;
  /** Number of brackets before the first such character. */
  #brackets = 0;

  /** Forgets the text. */
  clear(): void {
    [this.#hasTurned, this.#isTurned, this.#brackets] = [false, false, 0];
  }

  /** Takes a character that isn't cheap. Returns the number of brackets before it that will be paired because of it. */
  take(code: number): number {
    if (!TURNING.test(String.fromCodePoint(code))) return 0;
    const paired = this.#brackets;
    [this.#hasTurned, this.#isTurned, this.#brackets] = [true, true, 0];
    return paired;
  }

  /** Takes a character that is cheap by itself. Returns whether it isn't, because of its direction or as a bracket. */
  takeCheap(code: number): boolean {
    if (code < 0x80 && !this.#isTurned && !ASCII_BRACKETS.includes(code)) return false;
    const character = String.fromCodePoint(code);
    if (BRACKET.test(character)) {
      if (!this.#hasTurned) this.#brackets += 1;
      return this.#hasTurned;
    }
    if (LETTER.test(character)) this.#isTurned = false;
    return this.#isTurned;
  }
}
