import { COLON, CR, hasMark, LF, MARK_SIZE } from './bytes';
/** One event of an event stream, as a client dispatches it (WHATWG HTML §9.2.6, "Interpreting an event stream"). */
export interface IncomingEvent {
  /** The lines of its `data` fields, joined by LF. */
  data: string;
  /** The event's type; `message` where the stream doesn't say. */
  event: string;
  /** The id that its own block sets; undefined where it sets none. */
  id: string | undefined;
  /** The last id that the stream has set, by then. */
  lastEventId: string;
  /** Where the block of lines that it stands in begins, in bytes; comments before it belong to the block. */
  start: number;
  /** Where the first line of it begins that sets its data, type or id: what stands before may be missing. */
  fieldsStart: number;
  /** Where the blank line ends that closes the block, in bytes; the LF of a last CRLF that comes later is not of it. */
  end: number;
  /** How many bytes of its lines were left out, since it is larger than `maxEventSize`. */
  leftOut: number;
}

export interface ParserOptions {
  /** The position of the first byte. Default: 0. */
  start?: number;
  /** The id that the streams before this one have set. Default: none. */
  lastEventId?: string;
  /** What is fed isn't the beginning of a stream: a byte order mark there belongs to its line. Default: it is. */
  continues?: boolean;
  /** How much of an event is read, in bytes of its lines of data, and of any other line; the rest is left out. Default: all. */
  maxEventSize?: number;
  /** The stream has set the reconnection time, in milliseconds. */
  onRetry?(milliseconds: number): void;
}

/** Reads an event stream piece by piece, wherever the pieces are cut. */
export class EventStreamParser {
  readonly #onEvent: (event: IncomingEvent) => void;
  readonly #onRetry: ((milliseconds: number) => void) | undefined;
  readonly #maxEventSize: number;
  // Else it would take a byte order mark off each line.
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #line: Line;
  #position: number;
  #isFirstLine: boolean;
  #afterCR = false;
  #block: Block;
  #lastEventId: string;

  constructor(onEvent: (event: IncomingEvent) => void, options: ParserOptions = {}) {
    this.#onEvent = onEvent;
    this.#onRetry = options.onRetry;
    this.#maxEventSize = options.maxEventSize ?? Number.POSITIVE_INFINITY;
    this.#position = options.start ?? 0;
    this.#lastEventId = options.lastEventId ?? '';
    this.#isFirstLine = !options.continues;
    this.#block = newBlock(this.#position);
    this.#line = newLine(this.#position);
  }

  /** What a client that reconnects sends as `Last-Event-ID`; empty: nothing. An id counts from its block's end on. */
  get lastEventId(): string {
    return this.#lastEventId;
  }

  /** Where the lines since the last blank one begin; where there are none, the position of the next byte. */
  get blockStart(): number {
    return this.#block.start;
  }

  /**
   * Where the first line since the last blank one begins that sets data, type or id, or may do so as it isn't whole yet;
   * undefined where there is none.
   */
  get fieldsStart(): number | undefined {
    const { bytes, size, start } = this.#line;
    return this.#block.fieldsStart ?? (size > 0 && bytes[0] !== COLON ? start : undefined);
  }

  /** Where the event begins that no blank line has ended yet: a stream that ends here drops it. None where all are ended. */
  get unfinishedFrom(): number | undefined {
    const { bytes, size } = this.#line;
    return this.#block.hasField || (size > 0 && bytes[0] !== COLON) ? this.#block.start : undefined;
  }

  /** @param chunk the next piece of the stream; not kept */
  feed(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    const base = this.#position;
    let from = 0;
    if (this.#afterCR && chunk[0] === LF) {
      // A CRLF that was cut in two: the line has ended already.
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

  /** Takes a copy of a piece of a line, as far as there is room for it. @param start where the piece begins */
  #keep(piece: Uint8Array, start: number): void {
    if (this.#line.size === 0) this.#line.start = start;
    const line = this.#line;
    const kept = piece.subarray(0, this.#maxEventSize - line.size);
    const size = line.size + kept.length;
    if (size > line.bytes.length) {
      // Twice as much as is needed: a piece may be a single byte, and they may be millions.
      const bytes = new Uint8Array(2 * size);
      bytes.set(line.bytes.subarray(0, line.size));
      line.bytes = bytes;
    }
    line.bytes.set(kept, line.size);
    line.size = size;
    line.leftOut += piece.length - kept.length;
  }

  /** @param pieceStart where the piece begins @param end where the line's end is over */
  #readLine(lastPiece: Uint8Array, pieceStart: number, end: number): void {
    let [line, start, leftOut] = [lastPiece, pieceStart, 0];
    // Most lines come whole, and needn't be copied.
    if (this.#line.size > 0 || lastPiece.length > this.#maxEventSize) {
      this.#keep(lastPiece, pieceStart);
      line = this.#line.bytes.subarray(0, this.#line.size);
      ({ start, leftOut } = this.#line);
      this.#line = newLine(end);
    }
    if (this.#isFirstLine && hasMark(line)) {
      line = line.subarray(MARK_SIZE);
      start += MARK_SIZE;
      this.#block.start += MARK_SIZE;
    }
    this.#isFirstLine = false;
    if (line.length === 0 && leftOut === 0) this.#dispatch(end);
    else if (line[0] !== COLON) this.#readField(line, start, leftOut);
  }

  /** @param start where the line begins @param leftOut how much of it was */
  #readField(bytes: Uint8Array, start: number, leftOut: number): void {
    this.#block.hasField = true;
    const isData = /^data(:|$)/.test(this.#decoder.decode(bytes.subarray(0, 5)));
    const kept = isData ? bytes.subarray(0, this.#maxEventSize - this.#block.size) : bytes;
    this.#block.leftOut += leftOut + bytes.length - kept.length;
    if (isData) this.#block.size += kept.length;
    // Half of another field would be another field, or another value.
    else if (leftOut > 0) return;
    const { name, value } = readField(this.#decoder.decode(kept));
    // A reconnection time holds at once, and a field of another name is ignored.
    if (name === 'data' || name === 'event' || name === 'id') this.#block.fieldsStart ??= start;
    if (name === 'data') this.#block.data.push(value);
    else if (name === 'event') this.#block.event = value;
    else if (name === 'id' && !value.includes('\0')) this.#block.id = value;
    else if (name === 'retry' && /^[0-9]+$/.test(value)) this.#onRetry?.(Number(value));
  }

  #dispatch(end: number): void {
    const { data, event, id, start, fieldsStart = start, leftOut } = this.#block;
    // An id persists, also that of a block without data, which is no event.
    this.#lastEventId = id ?? this.#lastEventId;
    this.#block = newBlock(end);
    if (data.length === 0) return;
    const lastEventId = this.#lastEventId;
    this.#onEvent({
      data: data.join('\n'),
      event: event || 'message',
      id,
      lastEventId,
      start,
      fieldsStart,
      end,
      leftOut,
    });
  }
}

/** The fields that there are (WHATWG HTML §9.2.6). */
export const FIELD_NAMES: readonly string[] = ['data', 'event', 'id', 'retry'];

/** A line that is neither blank nor a comment, as field and value (WHATWG HTML §9.2.6). */
export function readField(line: string): { name: string; value: string } {
  const colon = line.indexOf(':');
  if (colon < 0) return { name: line, value: '' };
  return { name: line.slice(0, colon), value: line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1) };
}

/** The line that isn't whole yet. */
interface Line {
  /** Where it begins. */
  start: number;
  bytes: Uint8Array;
  /** How many of the bytes are the line's. */
  size: number;
  leftOut: number;
}

function newLine(start: number): Line {
  return { start, bytes: new Uint8Array(0), size: 0, leftOut: 0 };
}

/** The lines since the last blank one. */
interface Block {
  start: number;
  fieldsStart: number | undefined;
  /** Bytes of its lines of data. */
  size: number;
  leftOut: number;
  hasField: boolean;
  data: string[];
  event: string;
  id: string | undefined;
}

function newBlock(start: number): Block {
  return { start, fieldsStart: undefined, size: 0, leftOut: 0, hasField: false, data: [], event: '', id: undefined };
}
