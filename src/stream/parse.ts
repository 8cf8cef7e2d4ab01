import { COLON, CR, hasMark, indexOfByte, isDataLine, LF, MARK_SIZE, nextLineFeed } from './bytes';
import { EventReader } from './eventReader';
import type { IncomingEvent } from './incomingEvent';
import type { ParserOptions } from './parserOptions';
import { PartialLine } from './partialLine';
import type { StreamParser } from './streamParser';

export type { IncomingEvent } from './incomingEvent';
export type { ParserOptions } from './parserOptions';

/** Length of the name `data`. */
const NAME = 4;
/** Maximum size of whole lines that are copied behind the beginning of their first, in bytes. */
const MAX_JOINED = 64 * 1024;
const NOTHING = new Uint8Array(0);
/** A carriage return that ends a line by itself. */
const LONE_CR = /\r(?!\n)/;

/** Incremental parser of an event stream; its chunks may end anywhere. */
export class EventStreamParser implements StreamParser {
  readonly #reader: EventReader;
  readonly #maxEventSize: number;
  readonly #maxTextSize: number;
  // Without this option, it would remove a byte order mark from every line.
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #streamDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
  /** Whether the last whole lines were ASCII. */
  #isAscii = true;
  readonly #partial: PartialLine;
  #position: number;
  #isFirstLine: boolean;
  #afterCR = false;

  constructor(onEvent: (event: IncomingEvent) => void, options: ParserOptions = {}) {
    this.#reader = new EventReader(onEvent, options);
    this.#maxEventSize = options.maxEventSize ?? Number.POSITIVE_INFINITY;
    this.#maxTextSize = options.maxTextSize ?? Number.POSITIVE_INFINITY;
    this.#partial = new PartialLine(this.#maxEventSize);
    this.#position = options.start ?? 0;
    this.#isFirstLine = !options.continues;
  }

  /** The `Last-Event-ID` that a reconnecting client sends; empty if none. An id takes effect at the end of its block. */
  get lastEventId(): string {
    return this.#reader.lastEventId;
  }

  /** Offset of the first line after the last blank one; the offset of the next byte if there is none. */
  get blockStart(): number {
    return this.#reader.block.start;
  }

  /**
   * Offset of the first line after the last blank one that sets data, type or id, or is incomplete and may do so;
   * undefined if there is none.
   */
  get fieldsStart(): number | undefined {
    return this.#reader.block.fieldsStart ?? (this.#isInField ? this.#partial.start : undefined);
  }

  get openLines(): number {
    return this.#reader.block.lines;
  }

  get hasOpenData(): boolean {
    return this.#reader.block.data !== undefined;
  }

  get fields(): number {
    return this.#reader.fields;
  }

  /** Offset of the unfinished event, which clients discard if the stream ends here; undefined if there is none. */
  get unfinishedFrom(): number | undefined {
    const { lines, start } = this.#reader.block;
    return lines > 0 || this.#isInField ? start : undefined;
  }

  /** Parses the next chunk. @param chunk isn't retained */
  feed(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    const base = this.#position;
    let from = 0;
    if (this.#afterCR && chunk[0] === LF) {
      // A CRLF that was split between two chunks: the line has ended already.
      from = 1;
      if (this.#reader.block.start === base) this.#reader.block.start += 1;
    }
    // The first line, which may begin with a mark, is read by itself; then whole lines at once.
    if (this.#isFirstLine) from = this.#readBytes(chunk, from, base, indexOfByte(chunk, LF, from), 1);
    let lf = indexOfByte(chunk, LF, from);
    const end = lf < chunk.length ? chunk.lastIndexOf(LF) + 1 : from;
    if (end > from && this.#readWholeLines(chunk.subarray(from, end), base + from)) [from, lf] = [end, chunk.length];
    from = this.#readBytes(chunk, from, base, lf);
    if (from < chunk.length) this.#partial.add(chunk.subarray(from), base + from);
    this.#afterCR = chunk[chunk.length - 1] === CR;
    this.#position = base + chunk.length;
  }

  /** Does nothing: a block without its blank line is no event. */
  end(): void {}

  openEvent(): IncomingEvent | undefined {
    this.#reader.mute();
    if (this.#partial.size > 0) this.#readLine(NOTHING, this.#position, this.#position);
    return this.#reader.eventUpTo(this.#position);
  }

  /** Whether a line that may be a field is in progress. */
  get #isInField(): boolean {
    return this.#partial.size > 0 && this.#partial.first !== COLON;
  }

  /**
   * Reads lines one by one, whatever ends them. Returns the index behind the last one.
   * @param base offset of the chunk @param firstLF index of the next LF; the length if there is none @param most maximum number
   */
  #readBytes(chunk: Uint8Array, from: number, base: number, firstLF: number, most = Number.POSITIVE_INFINITY): number {
    let [start, lf, cr] = [from, firstLF, indexOfByte(chunk, CR, from)];
    for (let count = 0; count < most && Math.min(lf, cr) < chunk.length; count += 1) {
      const at = Math.min(lf, cr);
      const next = at === cr && chunk[at + 1] === LF ? at + 2 : at + 1;
      this.#readLine(chunk.subarray(start, at), base + start, base + next);
      start = next;
      if (lf < start) lf = indexOfByte(chunk, LF, start);
      if (cr < start) cr = indexOfByte(chunk, CR, start);
    }
    return start;
  }

  /**
   * Reads whole lines at once, of which the first may be in progress: a decoding of each would take longer than all the rest.
   * Returns false if they have to be read one by one, as a lone CR is in them, or they are too long.
   */
  #readWholeLines(chunk: Uint8Array, start: number): boolean {
    const partial = this.#partial;
    let [bytes, base] = [chunk, start];
    if (partial.size > 0) {
      if (chunk.length > MAX_JOINED || !partial.isShort) return false;
      [bytes, base] = [partial.joinedWith(chunk), partial.start];
    }
    const text = this.#decoded(bytes);
    const hasCR = text.includes('\r');
    if (hasCR && LONE_CR.test(text)) return false;
    if (partial.size > 0) partial.take();
    this.#readText({ text, bytes, base, hasCR });
    return true;
  }

  /** Decodes whole lines. Node's decoder of streams is twice as fast for text that isn't ASCII, and half as fast for ASCII. */
  #decoded(bytes: Uint8Array): string {
    const text = this.#isAscii ? this.#decoder.decode(bytes) : this.#streamDecoder.decode(bytes, { stream: true });
    // No byte makes more than one character, so that each makes one if there are as many.
    this.#isAscii = text.length === bytes.length;
    return text;
  }

  #readText({ text, bytes, base, hasCR }: WholeLines): void {
    const [reader, isExact] = [this.#reader, text.length === bytes.length];
    let [at, byteAt] = [0, 0];
    while (at < text.length) {
      const lineEnd = text.charCodeAt(at) === LF ? at : text.indexOf('\n', at);
      // A line has at least as many bytes as characters.
      const byteEnd = isExact ? lineEnd : nextLineFeed(bytes, byteAt + lineEnd - at);
      const before = hasCR && lineEnd > at && text.charCodeAt(lineEnd - 1) === CR ? 1 : 0;
      const size = byteEnd - before - byteAt;
      if (lineEnd - before === at) reader.blank(base + byteEnd + 1);
      else if (reader.block.size + size > this.#maxEventSize)
        this.#readLine(bytes.subarray(byteAt, byteAt + size), base + byteAt, base + byteEnd + 1);
      else reader.readWithin(text, at, lineEnd - before, base + byteAt, size);
      at = lineEnd + 1;
      byteAt = byteEnd + 1;
    }
  }

  /** Reads a complete line. @param pieceStart offset of its last piece @param end offset after its line end */
  #readLine(lastPiece: Uint8Array, pieceStart: number, end: number): void {
    let [line, start, omitted] = [lastPiece, pieceStart, 0];
    // Most lines come in one piece and needn't be copied.
    if (this.#partial.size > 0 || lastPiece.length > this.#maxEventSize) {
      this.#partial.add(lastPiece, pieceStart);
      ({ line, start, omitted } = this.#partial.take());
    }
    if (this.#isFirstLine && hasMark(line)) {
      line = line.subarray(MARK_SIZE);
      start += MARK_SIZE;
      this.#reader.block.start += MARK_SIZE;
    }
    this.#isFirstLine = false;
    if (line.length === 0 && omitted === 0) this.#reader.blank(end);
    else if (line[0] === COLON) this.#reader.comment(start);
    else this.#readField(line, start, omitted);
  }

  /** Reads a field. @param start offset of the line @param omitted number of bytes omitted from it */
  #readField(bytes: Uint8Array, start: number, omitted: number): void {
    const { block } = this.#reader;
    const isData = isDataLine(bytes);
    const kept = isData ? bytes.subarray(0, this.#maxEventSize - block.size) : bytes;
    block.omitted += omitted + bytes.length - kept.length;
    // A part of any other field, or of the name, would be a different field, or have a different value.
    const isPart = isData ? kept.length < NAME : omitted > 0;
    if (!isPart) {
      const read = isData ? kept.subarray(0, Math.max(NAME, this.#maxTextSize - block.size)) : kept;
      block.isCut ||= read.length < kept.length;
      this.#reader.field(this.#decoder.decode(read), start, kept.length);
    } else {
      block.lines += 1;
      if (isData) block.size += kept.length;
    }
  }
}

/** Whole lines, each ended by LF. */
interface WholeLines {
  text: string;
  bytes: Uint8Array;
  /** Offset of the first in the stream. */
  base: number;
  /** Whether some are ended by CR LF. */
  hasCR: boolean;
}
