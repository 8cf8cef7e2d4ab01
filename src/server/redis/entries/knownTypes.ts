/** Maximum number of types, and length of each, in UTF-16 code units: others may have added entries with a type of a megabyte. */
const [MAX_TYPES, MAX_TYPE] = [100, 1000];

/** Types of a stream's events, for the page on `/`. */
export class KnownTypes {
  #all: ReadonlySet<string>;

  constructor(first: readonly string[]) {
    this.#all = new Set(first);
  }

  /** All of them: another set when one was added, by which the page notices. */
  get all(): ReadonlySet<string> {
    return this.#all;
  }

  /** Adds a type, unless it is too long or there are too many. @param type undefined: `message`, which needs no listener */
  add(type: string | undefined): void {
    const isNew = type !== undefined && !this.#all.has(type) && type.length <= MAX_TYPE;
    if (isNew && this.#all.size < MAX_TYPES) this.#all = new Set([...this.#all, type]);
  }
}
