import type { Addition } from '../../analysis/protocols/model/result';
import { ownText } from '../../text/ownText';

/** Maximum number of events of which it is known what they add: as many as the history keeps. */
const MAX_EVENTS = 100_000;
/** Maximum length of a piece, and number of pieces of an event. */
const [MAX_PIECE, MAX_PIECES] = [60, 3];

/** Facts that an event's row shows about what the event adds to an answer. */
export interface RowAddition {
  /** Pieces that it adds, such as `+" the"` or `tool tide: {"po`. */
  text: string;
  isError: boolean;
  /** Index of the result, and of the item in it; undefined if it isn't kept. */
  at: [result: number, item: number] | undefined;
}

/** Pieces that the latest events added, by the number of the event. */
export class RowAdditions {
  readonly #max: number;
  readonly #byEvent = new Map<number, RowAddition & { pieces: number }>();
  /** Ring of the events' numbers. (To find the first key of a map, V8 passes all that were deleted before it.) */
  readonly #events: number[] = [];
  #next = 0;

  /** @param max maximum number of events */
  constructor(max = MAX_EVENTS) {
    this.#max = max;
  }

  add(addition: Addition): void {
    const { event, kind, result, item } = addition;
    const row = this.#row(event);
    row.isError ||= kind === 'error';
    if (item >= 0) row.at ??= [result, item];
    row.pieces += 1;
    if (row.pieces > MAX_PIECES + 1) return;
    const text = row.pieces > MAX_PIECES ? '…' : ownText(pieceText(addition));
    // A call often begins together with its first arguments.
    row.text = row.text === '' || text.startsWith(`${row.text}:`) ? text : `${row.text} ${text}`;
  }

  get(event: number): RowAddition | undefined {
    return this.#byEvent.get(event);
  }

  #row(event: number): RowAddition & { pieces: number } {
    const known = this.#byEvent.get(event);
    if (known) return known;
    const row = { text: '', isError: false, at: undefined, pieces: 0 };
    this.#byEvent.set(event, row);
    const oldest = this.#events[this.#next];
    if (oldest !== undefined) this.#byEvent.delete(oldest);
    this.#events[this.#next] = event;
    this.#next = (this.#next + 1) % this.#max;
    return row;
  }
}

/** Returns a piece as a row shows it. Quotes make spaces visible, and a sign tells whether the text grows or is replaced. */
function pieceText({ kind, name, text, replaces }: Addition): string {
  const sign = replaces ? '=' : '+';
  const begin = beginningOf(text);
  if (kind === 'text') return `${sign}${JSON.stringify(begin)}`;
  if (kind === 'reasoning') return `reasoning ${sign}${JSON.stringify(begin)}`;
  const label = name === undefined ? kind : `${kind} ${beginningOf(name)}`;
  return text === '' ? label : `${label}: ${begin.replace(/\s+/g, ' ')}`;
}

function beginningOf(text: string): string {
  return text.length <= MAX_PIECE ? text : `${text.slice(0, MAX_PIECE)}…`;
}
