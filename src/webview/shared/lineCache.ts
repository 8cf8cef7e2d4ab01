/** Maximum number of lines kept. */
const MAX_LINES = 2000;
/** Number of lines that are requested before and after the shown ones. */
const MARGIN = 50;

/** Positions of all existing lines, `end` excluded. */
export interface LineRange {
  first: number;
  end: number;
}

/** Cache of the extension's rows or lines, by position. Requests the missing ones. */
export class LineCache<T> {
  readonly #request: (generation: number, from: number, to: number) => void;
  readonly #lines = new Map<number, T>();
  /** Lines that are shown until they are here anew. */
  #old: ReadonlyMap<number, T> = new Map();
  #generation = -1;
  /** Whether a request is pending: there is one at a time. */
  #isPending = false;
  /** Whether the last response had no lines; then no request is made until `update`. */
  #isEmpty = false;

  /** @param request requests the lines from one position to another, `to` excluded */
  constructor(request: (generation: number, from: number, to: number) => void) {
    this.#request = request;
  }

  /** Allows requests again, as there may be more lines. In another generation, other lines have the same positions. */
  update(generation: number): void {
    this.#isEmpty = false;
    if (generation === this.#generation) return;
    this.#generation = generation;
    this.#isPending = false;
    this.#lines.clear();
    this.#old = new Map();
  }

  /** Requests all lines again, as they may have changed, and keeps them until then. */
  renew(): void {
    this.#old = new Map([...this.#old, ...this.#lines]);
    this.#lines.clear();
    [this.#isPending, this.#isEmpty] = [false, false];
  }

  /** Generation of its lines. */
  get generation(): number {
    return this.#generation;
  }

  get(place: number): T | undefined {
    return this.#lines.get(place) ?? this.#old.get(place);
  }

  /**
   * Returns the position after the newest `length` consecutive lines in the cache; undefined if there are none, or only old
   * ones.
   */
  endOfNewest(length: number, all: LineRange): number | undefined {
    let run = 0;
    for (let place = all.end - 1; place >= Math.max(all.first, all.end - MAX_LINES); place -= 1) {
      run = this.get(place) === undefined ? 0 : run + 1;
      if (run === length) return place + length;
    }
    return undefined;
  }

  /** Forgets a line that has changed. */
  forget(place: number): void {
    this.#lines.delete(place);
  }

  /** Adds the lines of a response. Returns whether they are of the current generation. */
  receive(generation: number, from: number, lines: T[]): boolean {
    if (generation !== this.#generation) return false;
    this.#isPending = false;
    this.#isEmpty = lines.length === 0;
    for (const [offset, line] of lines.entries()) this.#lines.set(from + offset, line);
    if (this.#lines.size > MAX_LINES) this.#keepAround(from + lines.length / 2);
    return true;
  }

  /** Requests missing lines of those to be shown, from one position to another. */
  requestMissing(from: number, to: number, all: LineRange): void {
    if (this.#isPending || this.#isEmpty || !this.#isMissing(from, to)) return;
    let first = Math.max(all.first, from - MARGIN);
    let end = Math.min(all.end, to + MARGIN);
    while (this.#lines.has(first)) first += 1;
    while (this.#lines.has(end - 1)) end -= 1;
    this.#isPending = true;
    this.#request(this.#generation, first, end);
  }

  #isMissing(from: number, to: number): boolean {
    for (let place = from; place < to; place += 1) if (!this.#lines.has(place)) return true;
    return false;
  }

  #keepAround(middle: number): void {
    this.#old = new Map();
    for (const place of this.#lines.keys()) if (Math.abs(place - middle) > MAX_LINES / 2) this.#lines.delete(place);
  }
}
