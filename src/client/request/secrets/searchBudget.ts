import { Names } from './scan/nameMeanings';

/**
 * Maximum number of characters of values that are read, apart from the texts themselves: nested and encoded values are
 * read in many ways.
 */
const MAX_READ = 6 * 1024 * 1024;
/** Fixed cost of searching a text for names, in characters: about two microseconds. */
export const READING = 48;

/** The state that the searches in all texts of a request share: how much they may still read, and what names mean. */
export class SearchBudget {
  readonly names = new Names();
  #left: number;

  /** @param left number of characters */
  constructor(left = MAX_READ) {
    this.#left = left;
  }

  /**
   * Charges the cost of reading a text, in characters.
   * @param isDue whether the text is read in any case
   * @returns whether the text may be read; if not, nothing is charged
   */
  spend(cost: number, isDue: boolean): boolean {
    // The budget may still suffice for a shorter text.
    if (!isDue && cost > this.#left) return false;
    this.#left -= cost;
    return true;
  }
}
