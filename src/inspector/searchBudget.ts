import { Names } from './nameMeanings';

/** Maximum number of characters of values that are read, beyond the texts' own: what is quoted and encoded is read in many ways. */
const MAX_READ = 6 * 1024 * 1024;
/** What reading a text costs, however short it is, in characters. */
const COST = 32;

/** What the searches in all texts of a request share: how much they may read still, and what names mean. */
export class SearchBudget {
  readonly names = new Names();
  #left: number;

  /** @param left number of characters */
  constructor(left = MAX_READ) {
    this.#left = left;
  }

  /** Takes what reading the text costs, also where there is no more. Returns whether there was as much. */
  spend(length: number): boolean {
    const isThere = length + COST <= this.#left;
    this.#left = Math.max(0, this.#left - length - COST);
    return isThere;
  }
}
