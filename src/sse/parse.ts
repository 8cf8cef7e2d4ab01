const LF = 10;
const CR = 13;
const BYTE_ORDER_MARK = '\uFEFF';

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
  /** How much of an event is read, in bytes of its lines of data; the rest is left out. Default: all. */
  maxEventSize?: number;
  /** The stream has set the reconnection time, in milliseconds. */
  onRetry?(milliseconds: number): void;
}

/** Reads an event stream piece by piece, wherever the pieces are cut. */
export class EventStreamParser {
  readonly #onEvent: (event: IncomingEvent) => void;
  readonly #onRetry: ((milliseconds: number) => void) | undefined;
  readonly #maxEventSize: number;
  // Its own sign for a byte order mark is taken off each time, but only the stream's first is one.
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #line = newLine();
  #position: number;
  #isFirstLine = true;
  #afterCR = false;
  #block: Block;
  #lastEventId: string;

  constructor(onEvent: (event: IncomingEvent) => void, options: ParserOptions = {}) {
    this.#onEvent = onEvent;
    this.#onRetry = options.onRetry;
    this.#maxEventSize = options.maxEventSize ?? Number.POSITIVE_INFINITY;
    this.#position = options.start ?? 0;
    this.#lastEventId = options.lastEventId ?? '';
    this.#block = newBlock(this.#position);
  }

  /** What a client that reconnects sends as `Last-Event-ID`; empty: nothing. An id counts from its block's end on. */
  get lastEventId(): string {
    return this.#lastEventId;
  }

  /** Where the event begins that no blank line has ended yet: a stream that ends here drops it. None where all are ended. */
  get unfinishedFrom(): number | undefined {
    return this.#block.hasField || this.#line.size > 0 ? this.#block.start : undefined;
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
      if (byte === CR && chunk[at + 1] === LF) at += 1;
      from = at + 1;
      this.#readLine(line, base + from);
    }
    if (from < chunk.length) this.#keep(chunk.slice(from));
    this.#afterCR = chunk.at(-1) === CR;
    this.#position = base + chunk.length;
  }

  /** Takes a piece of a line, as far as there is room for it. */
  #keep(piece: Uint8Array): void {
    const room = this.#maxEventSize - this.#block.size - this.#line.size;
    const kept = piece.subarray(0, Math.max(0, room));
    this.#line.pieces.push(kept);
    this.#line.size += kept.length;
    this.#line.leftOut += piece.length - kept.length;
  }

  /** @param end where the line's end is over */
  #readLine(lastPiece: Uint8Array, end: number): void {
    this.#keep(lastPiece);
    const { pieces, size, leftOut } = this.#line;
    this.#line = newLine();
    // What is left out of is no blank line, even where nothing is left.
    if (size === 0 && leftOut === 0) {
      this.#dispatch(end);
      return;
    }
    let line = this.#decoder.decode(pieces.length === 1 ? pieces[0] : join(pieces, size));
    if (this.#isFirstLine && line.startsWith(BYTE_ORDER_MARK)) line = line.slice(1);
    this.#isFirstLine = false;
    this.#block.leftOut += leftOut;
    if (line === '' && leftOut === 0) this.#dispatch(end);
    else if (!line.startsWith(':')) this.#readField(line, size);
  }

  #readField(line: string, size: number): void {
    this.#block.hasField = true;
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    // A field of another name is ignored.
    if (name === 'data') {
      this.#block.data.push(value);
      this.#block.size += size;
    } else if (name === 'event') this.#block.event = value;
    else if (name === 'id' && !value.includes('\0')) this.#block.id = value;
    else if (name === 'retry' && /^[0-9]+$/.test(value)) this.#onRetry?.(Number(value));
  }

  #dispatch(end: number): void {
    const { data, event, id, start, leftOut } = this.#block;
    // An id persists, also that of a block without data, which is no event.
    this.#lastEventId = id ?? this.#lastEventId;
    this.#block = newBlock(end);
    if (data.length === 0) return;
    const lastEventId = this.#lastEventId;
    this.#onEvent({ data: data.join('\n'), event: event || 'message', id, lastEventId, start, end, leftOut });
  }
}

/** The line that isn't whole yet. */
interface Line {
  pieces: Uint8Array[];
  /** Bytes of the pieces. */
  size: number;
  leftOut: number;
}

function newLine(): Line {
  return { pieces: [], size: 0, leftOut: 0 };
}

/** The lines since the last blank one. */
interface Block {
  start: number;
  /** Bytes of its lines of data. */
  size: number;
  leftOut: number;
  hasField: boolean;
  data: string[];
  event: string;
  id: string | undefined;
}

function newBlock(start: number): Block {
  return { start, size: 0, leftOut: 0, hasField: false, data: [], event: '', id: undefined };
}

function join(pieces: Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
