import { ByteBuffer } from '../byteBuffer';
import type { IncomingEvent, ParserOptions } from '../parse';
import type { StreamParser } from '../streamParser';
import { type RecordListener, RecordSplitter } from './recordSplitter';

/**
 * Incremental parser of JSON lines (NDJSON), and of JSON text sequences (RFC 7464): each line is an event of type `message`,
 * whatever is in it, and has no id. Its chunks may end anywhere.
 */
export class LineParser implements StreamParser {
  readonly lastEventId: string;
  /** It has none: see `unfinishedFrom`. */
  readonly openLines = 0;
  readonly hasOpenData = false;
  readonly fields = 0;
  #onEvent: (event: IncomingEvent) => void;
  readonly #maxEventSize: number;
  readonly #maxTextSize: number;
  // Without this option, it would remove a byte order mark from every line.
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #splitter: RecordSplitter;
  /** First piece of the line while the rest of its chunk is read: most lines come in one piece and needn't be copied. */
  #piece: Uint8Array | undefined;
  readonly #kept = new ByteBuffer();
  #omitted = 0;

  constructor(onEvent: (event: IncomingEvent) => void, options: ParserOptions = {}) {
    this.#onEvent = onEvent;
    this.#maxEventSize = options.maxEventSize ?? Number.POSITIVE_INFINITY;
    this.#maxTextSize = options.maxTextSize ?? Number.POSITIVE_INFINITY;
    this.lastEventId = options.lastEventId ?? '';
    const listener: RecordListener = {
      piece: (piece) => this.#add(piece),
      end: (start, end) => this.#dispatch(start, end),
    };
    this.#splitter = new RecordSplitter(listener, options.start ?? 0, !options.continues);
  }

  get blockStart(): number {
    return this.#splitter.start;
  }

  get fieldsStart(): number | undefined {
    return this.unfinishedFrom;
  }

  get unfinishedFrom(): number | undefined {
    return this.#splitter.isOpen ? this.#splitter.start : undefined;
  }

  feed(chunk: Uint8Array): void {
    this.#splitter.feed(chunk);
    this.#copyPiece();
  }

  /** Ends the stream: its last line needs no line end. */
  end(): void {
    this.#splitter.end();
  }

  openEvent(): IncomingEvent | undefined {
    let open: IncomingEvent | undefined;
    this.#onEvent = (event) => {
      open = event;
    };
    this.#splitter.end();
    return open;
  }

  #add(piece: Uint8Array): void {
    this.#copyPiece();
    if (this.#kept.size === 0 && this.#omitted === 0) this.#piece = piece;
    else this.#keep(piece);
  }

  #copyPiece(): void {
    const piece = this.#piece;
    this.#piece = undefined;
    if (piece) this.#keep(piece);
  }

  /** Keeps a copy of a piece, up to the maximum size. */
  #keep(piece: Uint8Array): void {
    const kept = piece.subarray(0, this.#maxEventSize - this.#kept.size);
    this.#kept.append(kept);
    this.#omitted += piece.length - kept.length;
  }

  #dispatch(start: number, end: number): void {
    const piece = this.#piece;
    this.#piece = undefined;
    if (piece && piece.length > this.#maxEventSize) this.#keep(piece);
    const isWhole = piece !== undefined && piece.length <= this.#maxEventSize;
    const kept = isWhole ? piece : this.#kept.take();
    const data = this.#decoder.decode(kept.subarray(0, this.#maxTextSize));
    const omitted = this.#omitted;
    this.#omitted = 0;
    const { lastEventId } = this;
    const event = { data, event: 'message', id: undefined, lastEventId, start, fieldsStart: start, end, omitted };
    this.#onEvent(kept.length > this.#maxTextSize ? { ...event, isCut: true } : event);
  }
}
