/** A list of which the first items and the latest ones are kept. */
export class BothEnds<Item> {
  readonly #limit: number;
  readonly #first: Item[] = [];
  /** Ring buffer. */
  readonly #last: Item[] = [];
  #count = 0;

  /** @param limit maximum number of items from the beginning, and maximum number of the latest ones */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Number of items so far. */
  get count(): number {
    return this.#count;
  }

  /** Whether the next item will be one of the first. */
  get isAtStart(): boolean {
    return this.#count < this.#limit;
  }

  add(item: Item): void {
    if (this.isAtStart) this.#first.push(item);
    else this.#last[(this.#count - this.#limit) % this.#limit] = item;
    this.#count += 1;
  }

  /** Returns the items that are kept, in order. */
  items(): Item[] {
    const start = this.#last.length < this.#limit ? 0 : (this.#count - this.#limit) % this.#limit;
    return [...this.#first, ...this.#last.slice(start), ...this.#last.slice(0, start)];
  }
}
