import { MAX_NAME } from './eventNames';
import { isInEvent, textPattern } from './eventText';
import { readGap } from './filter/gapFilter';
import { SlicedSearch } from './filter/slicedSearch';
import type { History, RecordedEvent } from './history';

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
  /** Search for the events that pass; undefined if there is no filter. */
  #search: SlicedSearch | undefined;
  #removeText = () => {};
  #pausedAt: number | undefined;
  #generation = 0;
  /** Number of rows that were removed while there was no filter, or by earlier filters. */
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
    return Math.max(0, this.#total(this.#pausedAt ?? this.#history.count));
  }

  /** Number of rows removed at the beginning, because the history no longer has their events. */
  get evicted(): number {
    this.#countEvicted();
    return this.#evicted + (this.#search?.dropped ?? 0);
  }

  /** Number of the last event whose row, if it passes the filter, is known. */
  get knownTo(): number {
    return Math.min(this.#pausedAt ?? this.#history.count, this.#search?.searchedTo ?? this.#history.count);
  }

  /** Number of rows pending since the pause. */
  get pending(): number {
    return this.#pausedAt === undefined ? 0 : this.#total(this.#history.count) - this.rows;
  }

  /** Whether the search of the existing events is in progress. */
  get searching(): boolean {
    return this.#search?.searching ?? false;
  }

  at(row: number): RecordedEvent | undefined {
    const number = this.#search ? this.#search.found[row] : this.#history.first + row;
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
    return row < 0 || row >= this.rows ? undefined : this.#search ? this.#search.found[row] : this.#history.first + row;
  }

  /** Returns the row of an event; undefined if it has none, because it doesn't pass the filter, or is pending or evicted. */
  rowOf(number: number): number | undefined {
    const row = this.#search ? this.#search.countTo(number) - 1 : number - this.#history.first;
    return this.numberAt(row) === number ? row : undefined;
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
    this.#countEvicted();
    this.#evicted += this.#search?.dropped ?? 0;
    this.close();
    this.#removeText = () => {
      if (filter.text === '') return;
      this.filter({ ...filter, text: '', isRegExp: false });
      onTooSlow();
    };
    this.#generation += 1;
    this.#search = matches && this.#searchFor(matches, filter.text !== '');
    this.#search?.update();
    this.#onChange();
  }

  /** Makes the events that come from here on pending; or shows the pending ones. */
  pause(paused: boolean): void {
    this.#pausedAt = paused ? this.#history.count : undefined;
    this.#onChange();
  }

  /** Continues the search. To be called when events have come, or all were cleared. */
  update(): void {
    this.#search?.update();
  }

  /** Removes the text from the filter, and reports that it was too slow. Does nothing if there is no text. */
  giveUp(): void {
    this.#removeText();
  }

  /** Stops a search in progress. */
  close(): void {
    this.#search?.close();
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

  #searchFor(matches: (event: RecordedEvent) => boolean, isLimited: boolean): SlicedSearch {
    const history = this.#history;
    return new SlicedSearch({
      first: () => history.first,
      last: () => history.count,
      matches: (number) => {
        const event = history.get(number);
        return event !== undefined && matches(event);
      },
      isLimited,
      onChange: this.#onChange,
      onTooSlow: () => this.giveUp(),
    });
  }

  /** Returns the number of rows up to an event. */
  #total(last: number): number {
    return this.#search ? this.#search.countTo(last) : last - this.#history.first + 1;
  }

  #countEvicted(): void {
    const { first } = this.#history;
    if (!this.#search) this.#evicted += first - this.#first;
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
    const pattern = textPattern(text, isRegExp);
    const isIn = (recorded: RecordedEvent) => isInEvent(this.#history, recorded, pattern);
    const isThen = ({ time, gap = 0 }: RecordedEvent) =>
      (!between || (time >= between.from && time <= between.to)) && (least === undefined || gap > least);
    return (recorded) => {
      // As much of it as a row shows, and the user has chosen.
      const type = recorded.event.slice(0, MAX_NAME);
      const isType = (event === '' || type === event) && !isHidden.has(type);
      return isType && isThen(recorded) && (text === '' || isIn(recorded));
    };
  }
}
