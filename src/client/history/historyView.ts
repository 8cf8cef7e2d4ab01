import { compileExpression } from './filter/expression';
import { readGap } from './filter/gapFilter';
import { TimeBudget } from './filter/timeBudget';
import type { History, RecordedEvent } from './history';

/** Maximum size of an event's block that is searched for text, in bytes. */
const MAX_SEARCHED = 64 * 1024;
/** Time after which the search yields to the event loop, in milliseconds. */
const SLICE = 10;

/** The conditions under which an event is shown. */
export interface EventFilter {
  /** Type of the events; empty for any. */
  event: string;
  /**
   * Text to find in data, type or id, as far as they are searched; empty for none. Unless it is an expression, it may have a
   * gap in it, such as `gap>1s`: then only events after a longer one are shown.
   */
  text: string;
  /** Whether the text is a regular expression rather than plain text; both are case-insensitive. */
  isRegExp: boolean;
  /** Times of the first and the last event, as `Date.now()` counts. Default: any. */
  between?: { from: number; to: number } | undefined;
  /** Types of events that are not shown. Default: none. */
  hidden?: readonly string[] | undefined;
}

/** The rows of a history that pass a filter, without those that are pending because of a pause. */
export class HistoryView {
  readonly #history: History;
  readonly #onChange: () => void;
  #matches: ((event: RecordedEvent) => boolean) | undefined;
  /** Numbers of the events that pass; used only if there is a filter. */
  #found: number[] = [];
  /** Time budget of the search for a text; undefined without a text. */
  #budget: TimeBudget | undefined;
  #removeText = () => {};
  /** Number of the event that is tested next. */
  #next = 1;
  #search: NodeJS.Immediate | undefined;
  #pausedAt: number | undefined;
  #generation = 0;
  #evicted = 0;
  #first = 1;

  /** @param onChange called when a filter, a pause or a search has changed the rows */
  constructor(history: History, onChange: () => void) {
    this.#history = history;
    this.#onChange = onChange;
  }

  /** Number that changes with the filter: a row's index is valid within one generation only. */
  get generation(): number {
    return this.#generation;
  }

  get rows(): number {
    this.#dropEvicted();
    return Math.max(0, this.#total(this.#pausedAt ?? this.#history.count));
  }

  /** Number of rows removed at the beginning, because the history no longer has their events. */
  get evicted(): number {
    this.#dropEvicted();
    return this.#evicted;
  }

  /** Number of rows pending since the pause. */
  get pending(): number {
    return this.#pausedAt === undefined ? 0 : this.#total(this.#history.count) - this.rows;
  }

  /** Whether the search of the existing events is in progress. */
  get searching(): boolean {
    return this.#search !== undefined;
  }

  at(row: number): RecordedEvent | undefined {
    this.#dropEvicted();
    const number = this.#matches ? this.#found[row] : this.#history.first + row;
    return number === undefined ? undefined : this.#history.get(number);
  }

  /**
   * Returns the row whose event came nearest to a time, as `Date.now()` counts, the first of those that came at once;
   * undefined if there are no rows.
   */
  nearest(time: number): number | undefined {
    const { rows } = this;
    if (rows === 0) return undefined;
    const after = this.#firstFrom(time);
    const isBefore = after === rows || (after > 0 && time - this.#timeOf(after - 1) < this.#timeOf(after) - time);
    return isBefore ? this.#firstFrom(this.#timeOf(after - 1)) : after;
  }

  /** Returns the number of the event of a row; undefined if there is no such row. */
  numberAt(row: number): number | undefined {
    return row < 0 || row >= this.rows ? undefined : this.#matches ? this.#found[row] : this.#history.first + row;
  }

  /**
   * Sets the filter.
   * @param onTooSlow called when the search for the text took too long, or overflowed the stack, for existing or later
   *   events: the text is removed from the filter
   * @throws {SyntaxError} if the regular expression is invalid; the previous filter stays
   * @throws {ExpressionError} if it could take long to compile; likewise
   */
  filter(filter: EventFilter, onTooSlow = () => {}): void {
    const matches = this.#compile(filter);
    this.close();
    this.#matches = matches;
    this.#budget = filter.text === '' ? undefined : new TimeBudget(SLICE);
    this.#removeText = () => {
      if (filter.text === '') return;
      this.filter({ ...filter, text: '', isRegExp: false });
      onTooSlow();
    };
    this.#found = [];
    this.#generation += 1;
    this.#next = this.#history.first;
    if (matches) this.#continueSearch();
    this.#onChange();
  }

  /** Makes the events that come from here on pending; or shows the pending ones. */
  pause(paused: boolean): void {
    this.#pausedAt = paused ? this.#history.count : undefined;
    this.#onChange();
  }

  /** Continues the search. To be called when events have come, or all were cleared. */
  update(): void {
    if (this.#matches && !this.#search) this.#continueSearch();
  }

  /** Removes the text from the filter, and reports that it was too slow. Does nothing if there is no text. */
  giveUp(): void {
    this.#removeText();
  }

  /** Stops a search in progress. */
  close(): void {
    clearImmediate(this.#search);
    this.#search = undefined;
  }

  /** Returns the first row whose event came at a time or later; the number of rows if there is none. */
  #firstFrom(time: number): number {
    let [from, to] = [0, this.rows];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#timeOf(middle) < time) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  #timeOf(row: number): number {
    return this.#history.timeOf(this.numberAt(row) ?? 0);
  }

  #continueSearch(): void {
    this.#search = undefined;
    // Needed even while nothing reads the rows: the list of matches must not grow without limit.
    this.#dropEvicted();
    if (!this.#runSearch()) this.giveUp();
    else if (this.#next <= this.#history.count)
      this.#search = setImmediate(() => {
        this.#continueSearch();
        this.#onChange();
      });
  }

  #runSearch(): boolean {
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
    const until = performance.now() + SLICE;
    this.#next = Math.max(this.#next, this.#history.first);
    while (this.#next <= this.#history.count && performance.now() < until) {
      const event = this.#history.get(this.#next);
      // A slice may have been interrupted right after this event was added.
      if (event && this.#matches?.(event) && this.#found.at(-1) !== this.#next) this.#found.push(this.#next);
      this.#next += 1;
    }
  }

  /** Returns the number of rows up to an event. */
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

  #dropEvicted(): void {
    const { first } = this.#history;
    if (first === this.#first) return;
    const kept = this.#found.findIndex((number) => number >= first);
    const gone = this.#found.splice(0, kept < 0 ? this.#found.length : kept).length;
    this.#evicted += this.#matches ? gone : first - this.#first;
    this.#first = first;
  }

  #compile({
    event,
    text: given,
    isRegExp,
    between,
    hidden = [],
  }: EventFilter): ((event: RecordedEvent) => boolean) | undefined {
    const { text, gap: least } = isRegExp ? { text: given } : readGap(given);
    if (event === '' && given === '' && !between && hidden.length === 0) return undefined;
    const isHidden = new Set(hidden);
    const pattern = isRegExp ? compileExpression(text) : new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i');
    const isIn = (recorded: RecordedEvent) =>
      // Most events have the default type: a search for "age" shouldn't match all of them.
      (recorded.event !== 'message' && pattern.test(recorded.event)) ||
      pattern.test(recorded.id ?? '') ||
      pattern.test(this.#history.data(recorded, MAX_SEARCHED));
    const isThen = ({ time, gap = 0 }: RecordedEvent) =>
      (!between || (time >= between.from && time <= between.to)) && (least === undefined || gap > least);
    return (recorded) =>
      (event === '' || recorded.event === event) &&
      !isHidden.has(recorded.event) &&
      isThen(recorded) &&
      (text === '' || isIn(recorded));
  }
}
