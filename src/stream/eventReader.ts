import { COLON } from './bytes';
import { EventBlock } from './eventBlock';
import { readField } from './field';
import type { IncomingEvent } from './incomingEvent';
import type { ParserOptions } from './parserOptions';
import { fieldNote, MAX_NOTE } from './streamNote';

const SPACE = 32;
/** Letters of `data`, `event` and `id`. */
const A = 0x61;
const D = 0x64;
const E = 0x65;
const I = 0x69;
const N = 0x6e;
const T = 0x74;
const V = 0x76;

/** A reader of an event stream's lines: makes events of their fields (WHATWG HTML §9.2.6). */
export class EventReader {
  /** Fields since the last blank line. */
  readonly block: EventBlock;
  readonly #onEvent: (event: IncomingEvent) => void;
  #onRetry: ParserOptions['onRetry'];
  #onNote: ParserOptions['onNote'];
  readonly #maxTextSize: number;
  #lastEventId: string;
  #fields = 0;

  constructor(
    onEvent: (event: IncomingEvent) => void,
    { start = 0, lastEventId = '', maxTextSize = Number.POSITIVE_INFINITY, onRetry, onNote }: ParserOptions,
  ) {
    [this.#onEvent, this.#onRetry, this.#onNote] = [onEvent, onRetry, onNote];
    [this.#lastEventId, this.#maxTextSize] = [lastEventId, maxTextSize];
    this.block = new EventBlock(start);
  }

  /** The last id that the stream has set. */
  get lastEventId(): string {
    return this.#lastEventId;
  }

  /** Number of lines so far that have one of the four fields. */
  get fields(): number {
    return this.#fields;
  }

  /** Reads a line of a longer text, which isn't blank. @param start offset of the line in the stream @param size in bytes */
  readWithin(text: string, at: number, end: number, start: number, size: number): void {
    const first = text.charCodeAt(at);
    if (first === D && standsAt(text, at + 1, A, T, A, COLON)) this.#addData(valueIn(text, at + 5, end), start, size);
    else if (first === I && text.charCodeAt(at + 1) === D && text.charCodeAt(at + 2) === COLON)
      this.#setId(valueIn(text, at + 3, end), start);
    else if (first === E && text.charCodeAt(at + 1) === V && standsAt(text, at + 2, E, N, T, COLON))
      this.#setEvent(valueIn(text, at + 6, end), start);
    else if (first === COLON) this.comment(start);
    else this.field(text.slice(at, end), start, size);
  }

  comment(start: number): void {
    this.#onNote?.({ kind: 'comment', start, text: '' });
  }

  /** Reads a line that is neither blank nor a comment. */
  field(line: string, start: number, size: number): void {
    const { name, value } = readField(line);
    if (name === 'data') this.#addData(value, start, size);
    else if (name === 'event') this.#setEvent(value, start);
    else if (name === 'id') this.#setId(value, start);
    else {
      this.block.lines += 1;
      // A reconnection time takes effect at once, and an unknown field is ignored.
      if (name === 'retry') this.#fields += 1;
      if (name === 'retry' && /^[0-9]+$/.test(value)) this.#onRetry?.(Number(value));
      const note = this.#onNote && fieldNote(name, value, { line, start });
      if (note) this.#onNote?.(note);
    }
  }

  /** Ends the block, and dispatches its event if it has data. @param end offset behind the blank line */
  blank(end: number): void {
    const { block } = this;
    const { data, event, id, start } = block;
    // An id takes effect even if its block has no data and so is not an event.
    if (id !== undefined) this.#lastEventId = id;
    if (data === undefined) {
      block.reset(end);
      if (event !== '') this.#onNote?.({ kind: 'withoutData', start, text: event.slice(0, MAX_NOTE) });
      return;
    }
    const complete = eventOf(block, data, this.#lastEventId, end);
    block.reset(end);
    this.#onEvent(complete);
  }

  /** Returns the event that the block makes if it ends there; undefined if it has no data. @param end offset behind it */
  eventUpTo(end: number): IncomingEvent | undefined {
    const { data, id = this.#lastEventId } = this.block;
    return data === undefined ? undefined : eventOf(this.block, data, id, end);
  }

  /** Tells nothing of the lines that follow. */
  mute(): void {
    [this.#onRetry, this.#onNote] = [undefined, undefined];
  }

  #addData(value: string, start: number, size: number): void {
    this.#begin(start);
    const { block } = this;
    if (block.size < this.#maxTextSize) block.addData(value);
    else block.isCut = true;
    block.size += size;
  }

  #setEvent(value: string, start: number): void {
    this.#begin(start);
    this.block.setEvent(value);
  }

  #setId(value: string, start: number): void {
    this.#begin(start);
    if (!value.includes('\0')) this.block.setId(value);
    const note = this.#onNote && fieldNote('id', value, { line: '', start });
    if (note) this.#onNote?.(note);
  }

  /** Counts a line that sets data, type or id. */
  #begin(start: number): void {
    this.#fields += 1;
    this.block.lines += 1;
    this.block.fieldsStart ??= start;
  }
}

function eventOf(block: EventBlock, data: string, lastEventId: string, end: number): IncomingEvent {
  const { event, id, start, fieldsStart = start, omitted, isCut } = block;
  const complete = { data, event: event || 'message', id, lastEventId, start, fieldsStart, end, omitted };
  return isCut ? { ...complete, isCut } : complete;
}

/** Returns the value of a field. @param from index behind its colon */
function valueIn(text: string, from: number, end: number): string {
  return text.slice(text.charCodeAt(from) === SPACE ? from + 1 : from, end);
}

/** Whether these four characters stand there. For so few, `startsWith` takes longer than the rest of a short line. */
function standsAt(text: string, at: number, first: number, second: number, third: number, fourth: number): boolean {
  return (
    text.charCodeAt(at) === first &&
    text.charCodeAt(at + 1) === second &&
    text.charCodeAt(at + 2) === third &&
    text.charCodeAt(at + 3) === fourth
  );
}
