import { CR, LF, MARK_SIZE } from '../bytes';

/** Byte that begins a record of a JSON text sequence (RFC 7464). */
export const RECORD_SEPARATOR = 0x1e;

const [BACKSLASH, QUOTE] = [0x5c, 0x22];
/** Brackets: `[`, `{`, and `]`, `}`. */
const [OPENING, CLOSING] = [
  [0x5b, 0x7b],
  [0x5d, 0x7d],
];
const MARK = [0xef, 0xbb, 0xbf];
const NOTHING = new Uint8Array(0);
const LINE_FEED = Uint8Array.of(LF);
const CARRIAGE_RETURN = Uint8Array.of(CR);
const BOTH = Uint8Array.of(CR, LF);

/** A listener for records, called in order. */
export interface RecordListener {
  /** Called with the next piece of a record: without its separator and its line end. @param piece isn't a copy */
  piece(piece: Uint8Array): void;
  /** Called at the end of a record that isn't empty. @param start offset of its first byte @param end offset behind its last */
  end(start: number, end: number): void;
}

/**
 * Splits JSON lines into records, piece by piece. A record is a line, which ends with LF or CR LF; a lone CR is white space
 * in JSON, and no line end. One behind a record separator may have line ends within its brackets, as `jq --seq` writes it,
 * and ends at the next separator if its brackets never close (RFC 7464 §2.3). Empty lines are no records.
 */
export class RecordSplitter {
  readonly #listener: RecordListener;
  /** Number of bytes of a byte order mark that have come at the beginning; undefined once that is over. */
  #mark: number | undefined;
  #position: number;
  #start: number | undefined;
  #hasContent = false;
  /** A line end that doesn't belong to the record if nothing follows it. */
  #held: Uint8Array = NOTHING;
  /** Brackets that are open; undefined in a record without a separator. */
  #brackets: Brackets | undefined;

  /** @param position offset of the first byte @param isStart whether a byte order mark may come first */
  constructor(listener: RecordListener, position: number, isStart: boolean) {
    [this.#listener, this.#position] = [listener, position];
    if (isStart) this.#mark = 0;
  }

  /** Offset of the record in progress; of the next byte if there is none. */
  get start(): number {
    return this.#start ?? this.#position;
  }

  /** Whether the record in progress has content. */
  get isOpen(): boolean {
    return this.#hasContent;
  }

  feed(chunk: Uint8Array): void {
    let from = this.#mark === undefined ? 0 : this.#skipMark(chunk, this.#mark);
    const base = this.#position;
    let separator = indexFrom(chunk, RECORD_SEPARATOR, from);
    for (let at = from; at < chunk.length; at += 1) {
      if (separator < at) separator = indexFrom(chunk, RECORD_SEPARATOR, at);
      // Without brackets, nothing else counts, and this is several times as fast as a look at each byte.
      if (!this.#brackets) at = Math.min(indexFrom(chunk, LF, at), separator);
      const byte = chunk[at];
      if (byte === undefined) break;
      if (byte === LF) {
        this.#add(chunk, from, at);
        from = at + 1;
        if (this.#brackets?.areOpenAtLineEnd()) this.#holdLineFeed();
        else this.#end(base + from);
      } else if (byte === RECORD_SEPARATOR) {
        this.#add(chunk, from, at);
        from = at + 1;
        this.#end(base + at);
        [this.#start, this.#brackets] = [base + at, new Brackets()];
      } else {
        this.#brackets?.add(byte);
      }
    }
    this.#add(chunk, from, chunk.length);
    this.#position = base + chunk.length;
  }

  /** Ends the record in progress. */
  end(): void {
    this.#end(this.#position);
  }

  /** Skips a byte order mark, of which that many bytes were skipped before. Returns the index of the first other byte. */
  #skipMark(chunk: Uint8Array, before: number): number {
    let size = before;
    while (size < MARK_SIZE && size - before < chunk.length && chunk[size - before] === MARK[size]) size += 1;
    const skipped = size - before;
    if (size === MARK_SIZE || skipped < chunk.length) this.#mark = undefined;
    else this.#mark = size;
    // It was none after all.
    if (this.#mark === undefined && size < MARK_SIZE && size > 0) {
      this.#emit(Uint8Array.from(MARK.slice(0, size)), this.#position - before);
    }
    return skipped;
  }

  /** Adds a part of a chunk to the record, but holds back a CR at its end: that may be a part of the line end. */
  #add(chunk: Uint8Array, from: number, to: number): void {
    if (from === to) return;
    const end = chunk[to - 1] === CR ? to - 1 : to;
    this.#start ??= this.#position + from;
    if (from < end) this.#emit(chunk.subarray(from, end), this.#position + from);
    if (end === to) return;
    this.#flushHeld();
    this.#held = CARRIAGE_RETURN;
  }

  #holdLineFeed(): void {
    if (this.#held === CARRIAGE_RETURN) {
      this.#held = BOTH;
      return;
    }
    this.#flushHeld();
    this.#held = LINE_FEED;
  }

  #emit(piece: Uint8Array, start: number): void {
    this.#flushHeld();
    this.#start ??= start;
    this.#hasContent = true;
    this.#listener.piece(piece);
  }

  #flushHeld(): void {
    const held = this.#held;
    if (held.length === 0) return;
    this.#held = NOTHING;
    this.#hasContent = true;
    this.#listener.piece(held);
  }

  #end(end: number): void {
    const [start, hadContent] = [this.#start ?? end, this.#hasContent];
    [this.#start, this.#hasContent, this.#held, this.#brackets] = [undefined, false, NOTHING, undefined];
    if (hadContent) this.#listener.end(start, end);
  }
}

/** Returns the index of a byte, from an index on; the size of the chunk if there is none. */
function indexFrom(chunk: Uint8Array, byte: number, from: number): number {
  const at = chunk.indexOf(byte, from);
  return at < 0 ? chunk.length : at;
}

/** The brackets of a JSON text that are open. */
class Brackets {
  #depth = 0;
  #isInString = false;
  #isEscaped = false;

  /** Whether any is open at the end of a line, behind which no string goes on: JSON doesn't allow that. */
  areOpenAtLineEnd(): boolean {
    [this.#isInString, this.#isEscaped] = [false, false];
    return this.#depth > 0;
  }

  add(byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === QUOTE) this.#isInString = !this.#isInString;
    else if (this.#isInString) this.#isEscaped = byte === BACKSLASH;
    else if (OPENING.includes(byte)) this.#depth += 1;
    else if (CLOSING.includes(byte)) this.#depth -= 1;
  }
}

/** Returns the range of a record's content within its bytes: without its separator and its line end. */
export function contentOf(record: { first: number; last: number; beforeLast: number; size: number }): [number, number] {
  const from = record.first === RECORD_SEPARATOR ? 1 : 0;
  let to = record.size;
  if (record.last === LF) to -= record.beforeLast === CR ? 2 : 1;
  else if (record.last === CR) to -= 1;
  return [from, Math.max(from, to)];
}
