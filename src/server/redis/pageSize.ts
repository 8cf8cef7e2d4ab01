/** Size that a reply with entries should have, in bytes. */
const WANTED = 256 * 1024;
/** Most entries of a reply; with the first, nothing is known of their size. */
const MOST = 500;
const FIRST = 100;

/** The number of entries to ask for at once: fewer of large ones, as a reply is in memory whole. */
export class PageSize {
  /** Mean size of entries, in bytes: of the largest reply lately. */
  #mean = WANTED / FIRST;

  get count(): number {
    return Math.max(1, Math.min(MOST, Math.floor(WANTED / this.#mean)));
  }

  /** Notes a reply with entries. @param size of all of them, in bytes */
  note(entries: number, size: number): void {
    if (entries > 0) this.#mean = Math.max(size / entries, 0.8 * this.#mean, 1);
  }

  /** Notes a reply that was too large to be kept: the next ones are smaller. @param asked number of entries @param size in bytes */
  noteTooLarge(asked: number, size: number): void {
    this.#mean = Math.max(size / asked, 2 * this.#mean);
  }
}
