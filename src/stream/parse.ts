import { COLON, CR, hasMark, LF, MARK_SIZE } from './bytes';
import { FIELD_NAMES, readField } from './field';
import { fieldNote, MAX_NOTE, type StreamNote, type StreamProgress } from './streamNote';

/** An event of an event stream, as a client dispatches it (WHATWG HTML §9.2.6, "Interpreting an event stream"). */
export interface IncomingEvent {
  /** The lines of its `data` fields, joined by LF. */
  data: string;
  /** The event's type; `message` if the stream doesn't set one. */
  event: string;
  /** The id that its own block sets; undefined if it sets none. */
  id: string | undefined;
  /** The last id that the stream has set so far. */
  lastEventId: string;
  /** Offset of the beginning of its block, in bytes; comments before it belong to the block. */
  start: number;
  /** Offset of the first line that sets its data, type or id; lines before that may be omitted. */
  fieldsStart: number;
  /** Offset of the end of the blank line that closes the block, in bytes; excludes the LF of a CRLF if that comes later. */
  end: number;
  /** Number of bytes omitted from its lines because the event is larger than `maxEventSize`. */
  omitted: number;
}

export interface ParserOptions {
  /** Offset of the first byte. Default: 0. */
  start?: number;
  /** The last id set by the streams before this one. Default: none. */
  lastEventId?: string;
  /** Whether the input begins in the middle of a stream: a byte order mark is then part of its line. Default: false. */
  continues?: boolean;
  /** Maximum size of an event's data lines, and of any other line, in bytes; the rest is omitted. Default: no limit. */
  maxEventSize?: number;
  /** Called when the stream has set the reconnection time, in milliseconds. */
  onRetry?(milliseconds: number): void;
  /** Called for each line and block that makes no event. Default: not called. */
  onNote?: ((note: StreamNote) => void) | undefined;
}

/** Incremental parser of an event stream; its chunks may end anywhere. */
export class EventStreamParser implements StreamProgress {
  readonly #onEvent: (event: IncomingEvent) => void;
  readonly #onRetry: ((milliseconds: number) => void) | undefined;
  readonly #onNote: ((note: StreamNote) => void) | undefined;
  readonly #maxEventSize: number;
  // Without this option, it would remove a byte order mark from every line.
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #line: Line;
  #position: number;
  #isFirstLine: boolean;
  #afterCR = false;
  #block: Block;
  #lastEventId: string;
  #fields = 0;

  constructor(onEvent: (event: IncomingEvent) => void, options: ParserOptions = {}) {
    this.#onEvent = onEvent;
    this.#onRetry = options.onRetry;
    this.#onNote = options.onNote;
    this.#maxEventSize = options.maxEventSize ?? Number.POSITIVE_INFINITY;
    this.#position = options.start ?? 0;
    this.#lastEventId = options.lastEventId ?? '';
    this.#isFirstLine = !options.continues;
    this.#block = newBlock(this.#position);
    this.#line = newLine(this.#position);
  }

  /** The `Last-Event-ID` that a reconnecting client sends; empty if none. An id takes effect at the end of its block. */
  get lastEventId(): string {
    return this.#lastEventId;
  }

  /** Offset of the first line after the last blank one; the offset of the next byte if there is none. */
  get blockStart(): number {
    return this.#block.start;
  }

  /**
   * Offset of the first line after the last blank one that sets data, type or id, or is incomplete and may do so;
   * undefined if there is none.
   */
  get fieldsStart(): number | undefined {
    const { bytes, size, start } = this.#line;
    return this.#block.fieldsStart ?? (size > 0 && bytes[0] !== COLON ? start : undefined);
  }

  get openLines(): number {
    return this.#block.lines;
  }

  get hasOpenData(): boolean {
    return this.#block.data.length > 0;
  }

  get fields(): number {
    return this.#fields;
  }

  /** Offset of the unfinished event, which clients discard if the stream ends here; undefined if there is none. */
  get unfinishedFrom(): number | undefined {
    const { bytes, size } = this.#line;
    return this.#block.lines > 0 || (size > 0 && bytes[0] !== COLON) ? this.#block.start : undefined;
  }

  /** Parses the next chunk. @param chunk isn't retained */
  feed(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    const base = this.#position;
    let from = 0;
    if (this.#afterCR && chunk[0] === LF) {
      // A CRLF that was split between two chunks: the line has ended already.
      from = 1;
      if (this.#block.start === base) this.#block.start += 1;
    }
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (byte !== LF && byte !== CR) continue;
      const line = chunk.subarray(from, at);
      const start = base + from;
      if (byte === CR && chunk[at + 1] === LF) at += 1;
      from = at + 1;
      this.#readLine(line, start, base + from);
    }
    if (from < chunk.length) this.#keep(chunk.subarray(from), base + from);
    this.#afterCR = chunk.at(-1) === CR;
    this.#position = base + chunk.length;
  }

  /** Buffers a copy of a piece of a line, up to the maximum size. @param start offset of the piece */
  #keep(piece: Uint8Array, start: number): void {
    if (this.#line.size === 0) this.#line.start = start;
    const line = this.#line;
    const kept = piece.subarray(0, this.#maxEventSize - line.size);
    const size = line.size + kept.length;
    if (size > line.bytes.length) {
      // Twice the size needed, as there may be millions of pieces of a single byte.
      const bytes = new Uint8Array(2 * size);
      bytes.set(line.bytes.subarray(0, line.size));
      line.bytes = bytes;
    }
    line.bytes.set(kept, line.size);
    line.size = size;
    line.omitted += piece.length - kept.length;
  }

  /** Reads a complete line. @param pieceStart offset of its last piece @param end offset after its line end */
  #readLine(lastPiece: Uint8Array, pieceStart: number, end: number): void {
    let [line, start, omitted] = [lastPiece, pieceStart, 0];
    // Most lines come in one piece and needn't be copied.
    if (this.#line.size > 0 || lastPiece.length > this.#maxEventSize) {
      this.#keep(lastPiece, pieceStart);
      line = this.#line.bytes.subarray(0, this.#line.size);
      ({ start, omitted } = this.#line);
      this.#line = newLine(end);
    }
    if (this.#isFirstLine && hasMark(line)) {
      line = line.subarray(MARK_SIZE);
      start += MARK_SIZE;
      this.#block.start += MARK_SIZE;
    }
    this.#isFirstLine = false;
    if (line.length === 0 && omitted === 0) this.#dispatch(end);
    else if (line[0] !== COLON) this.#readField(line, start, omitted);
    else this.#onNote?.({ kind: 'comment', start, text: '' });
  }

  /** Reads a field. @param start offset of the line @param omitted number of bytes omitted from it */
  #readField(bytes: Uint8Array, start: number, omitted: number): void {
    this.#block.lines += 1;
    const isData = /^data(:|$)/.test(this.#decoder.decode(bytes.subarray(0, 5)));
    const kept = isData ? bytes.subarray(0, this.#maxEventSize - this.#block.size) : bytes;
    this.#block.omitted += omitted + bytes.length - kept.length;
    if (isData) this.#block.size += kept.length;
    // A part of any other field would be a different field, or have a different value.
    else if (omitted > 0) return;
    const line = this.#decoder.decode(kept);
    const { name, value } = readField(line);
    // A reconnection time takes effect at once, and an unknown field is ignored.
    if (name === 'data' || name === 'event' || name === 'id') this.#block.fieldsStart ??= start;
    if (name === 'data') this.#block.data.push(value);
    else if (name === 'event') this.#block.event = value;
    else if (name === 'id' && !value.includes('\0')) this.#block.id = value;
    else if (name === 'retry' && /^[0-9]+$/.test(value)) this.#onRetry?.(Number(value));
    if (FIELD_NAMES.includes(name)) this.#fields += 1;
    const note = this.#onNote && fieldNote(name, value, { line, start });
    if (note) this.#onNote?.(note);
  }

  #dispatch(end: number): void {
    const { data, event, id, start, fieldsStart = start, omitted } = this.#block;
    // An id takes effect even if its block has no data and so is not an event.
    this.#lastEventId = id ?? this.#lastEventId;
    this.#block = newBlock(end);
    if (data.length === 0) {
      if (event !== '') this.#onNote?.({ kind: 'withoutData', start, text: event.slice(0, MAX_NOTE) });
      return;
    }
    const lastEventId = this.#lastEventId;
    this.#onEvent({
      data: data.join('\n'),
      event: event || 'message',
      id,
      lastEventId,
      start,
      fieldsStart,
      end,
      omitted,
    });
  }
}

/** The buffered beginning of an incomplete line. */
interface Line {
  /** Offset in the stream, in bytes. */
  start: number;
  bytes: Uint8Array;
  /** Number of bytes used. */
  size: number;
  omitted: number;
}

function newLine(start: number): Line {
  return { start, bytes: new Uint8Array(0), size: 0, omitted: 0 };
}

/** The fields since the last blank line. */
interface Block {
  start: number;
  fieldsStart: number | undefined;
  /** Size of its data lines, in bytes. */
  size: number;
  omitted: number;
  /** Number of its whole lines that aren't comments. */
  lines: number;
  data: string[];
  event: string;
  id: string | undefined;
}

function newBlock(start: number): Block {
  return { start, fieldsStart: undefined, size: 0, omitted: 0, lines: 0, data: [], event: '', id: undefined };
}
