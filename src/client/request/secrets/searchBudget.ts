import { Names } from './scan/nameMeanings';

/** Maximum number of characters of values that are read, beyond the texts' own: what is quoted and encoded is read in many ways. */
const MAX_READ = 6 * 1024 * 1024;
/** What reading a text for names costs, however short it is, in characters: some two microseconds. */
export const READING = 48;

/** What the searches in all texts of a request share: how much they may read still, and what names mean. */
export class SearchBudget {
  readonly names = new Names();
  #left: number;

  /** @param left number of characters */
  constructor(left = MAX_READ) {
    this.#left = left;
  }

  /** Returns whether a text of that cost, in characters, may be read; then that is paid for. @param isDue whether it is read in any case */
  spend(cost: number, isDue: boolean): boolean {
    // A shorter text may have room still.
    if (!isDue && cost > this.#left) return false;
    this.#left -= cost;
    return true;
  }
}
