import { compileExpression } from './expression';
import type { History, RecordedEvent } from './history';
import { TimeBudget } from './timeBudget';

/** Text is looked for in what so much of an event says, in bytes. */
const SEARCHED = 64 * 1024;
/** The search of what is there lets others have their turn so often, in milliseconds. */
const SLICE = 10;

/** Which events are shown. */
export interface EventFilter {
  /** Of this type only; empty: of each. */
  event: string;
  /** In data, event or id, in as much of each as is kept for the search; empty: any. */
  text: string;
  /** The text is a regular expression. Else it is looked for as it is; both without regard to case. */
  isRegExp: boolean;
}

/** The rows of a history that a filter lets through, but for those that a pause holds back. */
export class HistoryView {
  readonly #history: History;
  readonly #onChange: () => void;
  #matches: ((event: RecordedEvent) => boolean) | undefined;
  /** The numbers of the events that pass, where there is a filter. */
  #found: number[] = [];
  /** For a text, or a regular expression. */
  #budget: TimeBudget | undefined;
  #takeTextAway = () => {};
  /** The event that is looked at next. */
  #next = 1;
  #search: NodeJS.Immediate | undefined;
  #pausedAt: number | undefined;
  #generation = 0;
  #evicted = 0;
  #first = 1;

  /** @param onChange there are rows more or less, by a filter, a pause, or what a search has found */
  constructor(history: History, onChange: () => void) {
    this.#history = history;
    this.#onChange = onChange;
  }

  /** Changes with the filter: a row of the one before isn’t of this one. */
  get generation(): number {
    return this.#generation;
  }

  get rows(): number {
    this.#dropGone();
    return Math.max(0, this.#total(this.#pausedAt ?? this.#history.count));
  }

  /** How many rows were evicted at the beginning, as their events are kept no more. */
  get evicted(): number {
    this.#dropGone();
    return this.#evicted;
  }

  /** How many rows have come since the pause. */
  get held(): number {
    return this.#pausedAt === undefined ? 0 : this.#total(this.#history.count) - this.rows;
  }

  /** What is there already is being searched. */
  get searching(): boolean {
    return this.#search !== undefined;
  }

  at(row: number): RecordedEvent | undefined {
    this.#dropGone();
    const number = this.#matches ? this.#found[row] : this.#history.first + row;
    return number === undefined ? undefined : this.#history.get(number);
  }

  /**
   * @param onTooSlow the text or regular expression took too long, or more memory than there is for it, for what is there or
   *   what came later: it is left out of the filter
   * @throws {SyntaxError} when the regular expression is none; the filter before stays
   * @throws {ExpressionError} when it could take long to compile; likewise
   */
  filter(filter: EventFilter, onTooSlow = () => {}): void {
    const matches = this.#compile(filter);
    this.close();
    this.#matches = matches;
    this.#budget = filter.text === '' ? undefined : new TimeBudget(SLICE);
    this.#takeTextAway = () => {
      if (filter.text === '') return;
      this.filter({ ...filter, text: '', isRegExp: false });
      onTooSlow();
    };
    this.#found = [];
    this.#generation += 1;
    this.#next = this.#history.first;
    if (matches) this.#searchOn();
    this.#onChange();
  }

  /** Holds back the events that come from here on; or lets them in. */
  pause(paused: boolean): void {
    this.#pausedAt = paused ? this.#history.count : undefined;
    this.#onChange();
  }

  /** To be called when events have come, or all were cleared. */
  update(): void {
    if (this.#matches && !this.#search) this.#searchOn();
  }

  /** Leaves the text out of the filter, and tells that it was too slow; nothing where there is none. */
  giveUp(): void {
    this.#takeTextAway();
  }

  /** Ends a search under way. */
  close(): void {
    clearImmediate(this.#search);
    this.#search = undefined;
  }

  #searchOn(): void {
    this.#search = undefined;
    // Also while no one asks for the rows: what is found may not grow for ever.
    this.#dropGone();
    if (!this.#searchInTime()) this.giveUp();
    else if (this.#next <= this.#history.count)
      this.#search = setImmediate(() => {
        this.#searchOn();
        this.#onChange();
      });
  }

  #searchInTime(): boolean {
    const search = () => this.#searchSlice();
    try {
      if (this.#budget) return this.#budget.run(search);
      search();
      return true;
    } catch {
      // V8 throws where an expression takes more of the stack than it gives it: a RangeError, wherever that was.
      return false;
    }
  }

  #searchSlice(): void {
    const until = performance.now() + SLICE;
    this.#next = Math.max(this.#next, this.#history.first);
    while (this.#next <= this.#history.count && performance.now() < until) {
      const event = this.#history.get(this.#next);
      // It may have been left right behind the last that was found.
      if (event && this.#matches?.(event) && this.#found.at(-1) !== this.#next) this.#found.push(this.#next);
      this.#next += 1;
    }
  }

  /** How many rows there are up to that event. */
  #total(last: number): number {
    if (!this.#matches) return last - this.#history.first + 1;
    if (last >= this.#history.count) return this.#found.length;
    let [from, to] = [0, this.#found.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#found[middle] ?? 0) <= last) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  #dropGone(): void {
    const { first } = this.#history;
    if (first === this.#first) return;
    const kept = this.#found.findIndex((number) => number >= first);
    const gone = this.#found.splice(0, kept < 0 ? this.#found.length : kept).length;
    this.#evicted += this.#matches ? gone : first - this.#first;
    this.#first = first;
  }

  #compile({ event, text, isRegExp }: EventFilter): ((event: RecordedEvent) => boolean) | undefined {
    if (event === '' && text === '') return undefined;
    const pattern = isRegExp ? compileExpression(text) : new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i');
    const isIn = (recorded: RecordedEvent) =>
      // Most are of that type: who looks for "age" doesn't mean them all.
      (recorded.event !== 'message' && pattern.test(recorded.event)) ||
      pattern.test(recorded.id ?? '') ||
      pattern.test(this.#history.data(recorded, SEARCHED));
    return (recorded) => (event === '' || recorded.event === event) && (text === '' || isIn(recorded));
  }
}
