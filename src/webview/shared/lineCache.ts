/** So many lines are kept, at the most. */
const MOST = 2000;
/** So many lines beyond those that are shown are asked for with them, before and behind. */
const MARGIN = 50;

/** The places of all lines that there are, `end` excluded. */
export interface Places {
  first: number;
  end: number;
}

/** What the page has of the extension's rows or lines, by their place; asks for what is missing. */
export class LineCache<T> {
  readonly #ask: (generation: number, from: number, to: number) => void;
  readonly #lines = new Map<number, T>();
  #generation = -1;
  /** There is a question that has no answer yet: one at a time. */
  #isAsking = false;
  /** The answer was that there is nothing: not to be asked again, until there may be. */
  #isEmpty = false;

  /** @param ask wants the lines from one place to another, `to` excluded */
  constructor(ask: (generation: number, from: number, to: number) => void) {
    this.#ask = ask;
  }

  /** There may be more than before; in another generation, other lines stand in the same places. */
  update(generation: number): void {
    this.#isEmpty = false;
    if (generation === this.#generation) return;
    this.#generation = generation;
    this.#isAsking = false;
    this.#lines.clear();
  }

  get(place: number): T | undefined {
    return this.#lines.get(place);
  }

  /** The place behind the newest lines that are here, so many one after the other; none where they aren't, or are old. */
  endOfNewest(length: number, all: Places): number | undefined {
    let run = 0;
    for (let place = all.end - 1; place >= Math.max(all.first, all.end - MOST); place -= 1) {
      run = this.#lines.has(place) ? run + 1 : 0;
      if (run === length) return place + length;
    }
    return undefined;
  }

  /** The line has changed in its place. */
  forget(place: number): void {
    this.#lines.delete(place);
  }

  /** Takes an answer. Returns whether it is of use: one of another generation isn't. */
  receive(generation: number, from: number, lines: T[]): boolean {
    if (generation !== this.#generation) return false;
    this.#isAsking = false;
    this.#isEmpty = lines.length === 0;
    for (const [offset, line] of lines.entries()) this.#lines.set(from + offset, line);
    if (this.#lines.size > MOST) this.#keepAround(from + lines.length / 2);
    return true;
  }

  /** The lines from one place to another are to be shown, of those that there are: asks for what is missing. */
  want(from: number, to: number, all: Places): void {
    if (this.#isAsking || this.#isEmpty || !this.#isMissing(from, to)) return;
    let first = Math.max(all.first, from - MARGIN);
    let end = Math.min(all.end, to + MARGIN);
    while (this.#lines.has(first)) first += 1;
    while (this.#lines.has(end - 1)) end -= 1;
    this.#isAsking = true;
    this.#ask(this.#generation, first, end);
  }

  #isMissing(from: number, to: number): boolean {
    for (let place = from; place < to; place += 1) if (!this.#lines.has(place)) return true;
    return false;
  }

  #keepAround(middle: number): void {
    for (const place of this.#lines.keys()) if (Math.abs(place - middle) > MOST / 2) this.#lines.delete(place);
  }
}
