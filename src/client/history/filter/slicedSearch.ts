import { TimeBudget } from './timeBudget';

/** Time after which a search yields to the event loop, in milliseconds. */
const SLICE = 10;

export interface SlicedSearchOptions {
  /** Returns the number of the first item that is kept. It only grows. */
  first(): number;
  /** Returns the number of the last item that can be tested. */
  last(): number;
  /** Whether an item matches. May be interrupted anywhere, and is then called again for the same item. */
  matches(number: number): boolean;
  /** Whether the time that it takes is limited, as for a regular expression, which may take forever. */
  isLimited: boolean;
  /** Maximum number of matches that are kept; the search waits while there are as many. Default: any number. */
  most?: number | undefined;
  /** Called when a slice has been searched, except by `update`. */
  onChange(): void;
  /** Called when the search took too long, or overflowed the stack. It should then be closed. */
  onTooSlow(): void;
}

/** A search through numbered items of which the oldest are evicted, while new ones come. It takes time slices of 10 ms. */
export class SlicedSearch {
  readonly #options: SlicedSearchOptions;
  readonly #budget: TimeBudget | undefined;
  readonly #found: number[] = [];
  /** Number of the item that is tested next. */
  #next: number;
  #immediate: NodeJS.Immediate | undefined;
  #dropped = 0;
  #first: number;

  constructor(options: SlicedSearchOptions) {
    this.#options = options;
    this.#budget = options.isLimited ? new TimeBudget(SLICE) : undefined;
    [this.#next, this.#first] = [options.first(), options.first()];
  }

  /** Numbers of the items that match, in order. */
  get found(): readonly number[] {
    this.#dropEvicted();
    return this.#found;
  }

  /** Number of matches that were evicted. */
  get dropped(): number {
    this.#dropEvicted();
    return this.#dropped;
  }

  /** Number of the last item that was tested. */
  get searchedTo(): number {
    return this.#next - 1;
  }

  /** Whether the search of the existing items is in progress. */
  get searching(): boolean {
    return this.#immediate !== undefined;
  }

  /** Whether it waits, because it has found as much as it may keep. */
  get isFull(): boolean {
    const { most = Number.POSITIVE_INFINITY } = this.#options;
    return this.#found.length >= most;
  }

  /** Begins or continues the search. To be called when items have come, or were evicted. */
  update(): void {
    if (!this.#immediate) this.#continue();
  }

  /** Returns the number of matches up to an item. */
  countTo(last: number): number {
    let [from, to] = [0, this.found.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#found[middle] ?? 0) <= last) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** Stops a search in progress. Can be called repeatedly. */
  close(): void {
    clearImmediate(this.#immediate);
    this.#immediate = undefined;
  }

  #continue(): void {
    this.#immediate = undefined;
    // Needed even while nothing reads the matches: their list must not grow without limit.
    this.#dropEvicted();
    if (!this.#run()) this.#options.onTooSlow();
    else if (this.#next <= this.#options.last() && !this.isFull)
      this.#immediate = setImmediate(() => {
        this.#continue();
        this.#options.onChange();
      });
  }

  #run(): boolean {
    const search = () => this.#searchSlice();
    try {
      if (this.#budget) return this.#budget.run(search);
      search();
      return true;
    } catch {
      // V8 throws a RangeError, of either context, if an expression overflows the stack.
      return false;
    }
  }

  #searchSlice(): void {
    const { first, last, matches } = this.#options;
    const until = performance.now() + SLICE;
    this.#next = Math.max(this.#next, first());
    while (this.#next <= last() && !this.isFull && performance.now() < until) {
      // A slice may have been interrupted right after this item was added.
      if (matches(this.#next) && this.#found.at(-1) !== this.#next) this.#found.push(this.#next);
      this.#next += 1;
    }
  }

  #dropEvicted(): void {
    const first = this.#options.first();
    if (first === this.#first) return;
    this.#first = first;
    const kept = this.#found.findIndex((number) => number >= first);
    this.#dropped += this.#found.splice(0, kept < 0 ? this.#found.length : kept).length;
  }
}
