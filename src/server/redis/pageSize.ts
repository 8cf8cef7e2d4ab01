/** Size that a reply with entries should have, in bytes. */
const WANTED = 256 * 1024;
/** Most entries of a reply; with the first, nothing is known of their size. */
const MOST = 500;
const FIRST = 100;
/** Size of all replies that are under way, in bytes: Redis sends one behind the other, and has a time for each. */
const WANTED_AT_ONCE = 8 * 1024 * 1024;
/** Most replies that are under way. */
const MOST_AT_ONCE = 32;

/** The number of entries to ask for at once: fewer of large ones, as a reply is in memory whole. */
export class PageSize {
  /** Mean size of entries, in bytes: of the largest reply lately. */
  #mean = WANTED / FIRST;
  /** Whether a reply has told of their size. */
  #isKnown = false;

  get count(): number {
    return Math.max(1, Math.min(MOST, Math.floor(WANTED / this.#mean)));
  }

  /** The number of replies to ask for before one has come: fewer of large entries, of which the smallest page has two. */
  get pages(): number {
    if (!this.#isKnown) return 1;
    return Math.max(1, Math.min(MOST_AT_ONCE, Math.floor(WANTED_AT_ONCE / (this.#mean * (this.count + 1)))));
  }

  /** Notes a reply with entries. @param size of all of them, in bytes */
  note(entries: number, size: number): void {
    if (entries > 0) this.#mean = Math.max(size / entries, 0.8 * this.#mean, 1);
    this.#isKnown = true;
  }

  /**
   * Notes a reply that was too large to be kept, or to come in time: the next ones are smaller.
   * @param asked number of entries @param size in bytes. Default: not known
   */
  noteTooLarge(asked: number, size = 0): void {
    this.#mean = Math.max(size / asked, 2 * Math.min(this.#mean, WANTED));
  }
}
