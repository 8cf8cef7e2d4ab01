import { visible } from '../../../stream/visible';
import { isInEvent, textPattern } from '../eventText';
import { SlicedSearch } from '../filter/slicedSearch';
import type { History } from '../history';
import type { HistoryView } from '../historyView';

/** Maximum number of matches that are kept: lines of a byte may be millions. */
export const MAX_FOUND = 100_000;
/** Number of lines that are read at once: each reading looks for the line's beginning. */
const BATCH = 200;

/** A text to find. */
export interface FindQuery {
  text: string;
  /** Whether the text is a regular expression rather than plain text; both are case-insensitive. */
  isRegExp: boolean;
  /** Where it is looked for: in the rows that are shown, or in the lines as they came. */
  place: 'events' | 'wire';
}

/** The stream that is searched. */
export interface Findable {
  readonly history: History;
  readonly view: HistoryView;
  /** Whether the last line may still grow. */
  readonly running: boolean;
}

/** A text to find, and its pattern, which is compiled once: the search begins anew with each filter. */
type Wanted = FindQuery & { pattern: RegExp };

/** Finds a text in all events that pass the filter, or in all lines, that are kept, and in those that come. */
export class StreamFind {
  readonly #stream: Findable;
  readonly #onChange: () => void;
  #query: Wanted | undefined;
  #search: SlicedSearch | undefined;
  /** Generation of the view whose rows are searched. */
  #generation = 0;
  #onTooSlow = () => {};

  /** @param onChange called when a slice has been searched */
  constructor(stream: Findable, onChange: () => void) {
    [this.#stream, this.#onChange] = [stream, onChange];
  }

  /** The text that is being looked for; undefined if none is. */
  get query(): FindQuery | undefined {
    return this.#query;
  }

  /** Numbers of the events or lines that match, in order. */
  get found(): readonly number[] {
    return this.#search?.found ?? [];
  }

  /** Whether what is kept hasn't been searched to its end. */
  get searching(): boolean {
    return this.#search?.searching ?? false;
  }

  /** Whether there may be more matches than are kept. */
  get isFull(): boolean {
    return this.#search?.isFull ?? false;
  }

  /**
   * Begins to look for a text, or ends that, if it is empty.
   * @param onTooSlow called when it took too long, and was ended
   * @throws {SyntaxError} if the regular expression is invalid; then nothing is looked for
   * @throws {ExpressionError} if it could take long to compile; likewise
   */
  start(query: FindQuery, onTooSlow: () => void): void {
    this.close();
    if (query.text === '') return;
    // It may throw: nothing is kept before.
    const wanted = { ...query, pattern: textPattern(query.text, query.isRegExp) };
    [this.#query, this.#onTooSlow] = [wanted, onTooSlow];
    this.#restart(wanted);
  }

  /** Goes on. To be called when the stream or the filter has changed. */
  update(): void {
    if (!this.#query) return;
    if (this.#query.place === 'events' && this.#stream.view.generation !== this.#generation) this.#restart(this.#query);
    else this.#search?.update();
  }

  /** Returns the position of a match, as rows and lines are requested by; undefined if it is gone. */
  placeOf(number: number): number | undefined {
    const { view, history } = this.#stream;
    if (this.#query?.place === 'wire') return number >= history.bytes.firstLine ? number : undefined;
    const row = view.rowOf(number);
    return row === undefined ? undefined : view.evicted + row;
  }

  /** Returns the number of the event or line at a position; undefined if there is none. */
  numberAt(place: number): number | undefined {
    const { view } = this.#stream;
    return this.#query?.place === 'wire' ? place : view.numberAt(Math.max(0, place - view.evicted));
  }

  /** Returns the number of matches up to an event or line. */
  countTo(number: number): number {
    return this.#search?.countTo(number) ?? 0;
  }

  /** Ends it. Can be called repeatedly. */
  close(): void {
    this.#search?.close();
    [this.#search, this.#query] = [undefined, undefined];
  }

  #restart({ place, pattern }: Wanted): void {
    this.#search?.close();
    this.#generation = this.#stream.view.generation;
    const items = place === 'wire' ? this.#lines(pattern) : this.#events(pattern);
    this.#search = new SlicedSearch({
      ...items,
      isLimited: true,
      most: MAX_FOUND,
      onChange: this.#onChange,
      onTooSlow: () => {
        this.close();
        this.#onTooSlow();
      },
    });
    this.#search.update();
  }

  #events(pattern: RegExp) {
    const { history, view } = this.#stream;
    return {
      first: () => history.first,
      last: () => view.knownTo,
      matches: (number: number) => {
        const event = view.rowOf(number) === undefined ? undefined : history.get(number);
        return event !== undefined && isInEvent(history, event, pattern);
      },
    };
  }

  #lines(pattern: RegExp) {
    const stream = this.#stream;
    const { bytes } = stream.history;
    const last = () => bytes.lineCount - (stream.running ? 2 : 1);
    let batch: { from: number; lines: Uint8Array[] } = { from: 0, lines: [] };
    const lineAt = (number: number) => {
      const known = batch.lines[number - batch.from];
      if (known) return known;
      batch = { from: number, lines: bytes.lines(number, Math.min(number + BATCH, last() + 1)) };
      return batch.lines[0];
    };
    return {
      first: () => bytes.firstLine,
      last,
      matches: (number: number) => {
        const line = lineAt(number);
        return line !== undefined && pattern.test(visible(line));
      },
    };
  }
}
