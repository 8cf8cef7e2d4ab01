import type { ConnectionEnd, ResponseHead, StreamListener } from '../../script/scriptWriter';
import { CR, LF } from '../../stream/bytes';

/** Number of entries in a page; the oldest entries are evicted a page at a time. */
const PAGE = 1024;
/** Maximum number of entries: at 24 bytes each, 12 MB. */
const MAX_ENTRIES = 512 * 1024;
/** Count of numbers in an entry: its kind, its time, and the position in the stream at which it ends. */
const NUMBERS = 3;

/** Kinds of entries, by index. A larger number is the HTTP status of a refusal, whose time field holds its Retry-After. */
const KINDS = ['bytes', 'stream', 'end', 'drop', 'reset', 'left'] as const;

/** A snapshot of the arrivals, by their numbers; bytes that come later may still extend the last one. */
export interface ArrivalsSnapshot {
  /** Number of the first arrival in the snapshot. */
  first: number;
  /** Number after the last arrival's. */
  end: number;
  at(number: number): Arrival;
}

/** Bytes that came at one time, or the start or end of a connection. Times in milliseconds, by the reporter's clock. */
export type Arrival = {
  /** Position in the stream: where the bytes end; for the other kinds, the number of bytes received before. */
  position: number;
} & (
  | { kind: 'bytes' | 'stream'; time: number }
  | { kind: 'end'; time: number; end: ConnectionEnd | undefined }
  /** A response that isn't an event stream. */
  | { kind: 'refusal'; status: number; retryAfter: number | undefined }
);

/**
 * A log of the times at which the bytes of a stream came, and of where connections began and ended. It is small: bytes
 * that come within a millisecond share an entry, and so do the chunks of a line. Above half a million entries, the oldest
 * are evicted.
 */
export class Arrivals implements StreamListener {
  readonly #maxPages: number;
  #pages: Float64Array[] = [];
  /** Count of numbers used in the last page. */
  #used = 0;
  #start = 0;
  /** Count of entries that were evicted or cleared. */
  #droppedCount = 0;
  #size = 0;
  #openedAt = 0;
  /** Time of the last entry, in whole milliseconds since the response; NaN if it isn't one of bytes. */
  #millisecond = Number.NaN;
  /** Whether the last entry is one of bytes in which no line ends. */
  #isInLine = false;

  constructor(maxEntries = MAX_ENTRIES) {
    this.#maxPages = Math.max(1, Math.floor(maxEntries / PAGE));
  }

  /** Position from which on arrival times are known. */
  get start(): number {
    return this.#start;
  }

  /** Number of entries that are kept. */
  get count(): number {
    return Math.max(0, this.#pages.length - 1) * PAGE + this.#used / NUMBERS;
  }

  /** Number of the first entry that is kept. Entries are numbered from 0, in order of arrival. */
  get first(): number {
    return this.#droppedCount;
  }

  /**
   * Number of the entry that the next bytes of an open stream go to: the last one if it is one of bytes, as they may
   * extend it.
   */
  get next(): number {
    const last = this.#pages.at(-1)?.[this.#used - NUMBERS];
    return this.#droppedCount + this.count - (last === KINDS.indexOf('bytes') ? 1 : 0);
  }

  response({ isEventStream, status, retryAfter }: ResponseHead, time: number): void {
    this.#openedAt = time;
    if (isEventStream) this.#add(KINDS.indexOf('stream'), time);
    // Smaller numbers stand for kinds; no HTTP status is as small.
    else if (status >= KINDS.length) this.#add(status, retryAfter ?? Number.NaN);
  }

  bytes(chunk: Uint8Array, time: number): void {
    if (chunk.length === 0) return;
    this.#size += chunk.length;
    const millisecond = Math.round(time - this.#openedAt);
    const hasLineEnd = chunk.includes(LF) || chunk.includes(CR);
    // A line counts as received when its end is.
    if (millisecond === this.#millisecond || this.#isInLine) {
      this.#extendLast(time);
      this.#isInLine &&= !hasLineEnd;
    } else {
      this.#add(KINDS.indexOf('bytes'), time);
      this.#isInLine = !hasLineEnd;
    }
    this.#millisecond = millisecond;
  }

  end(end: ConnectionEnd | undefined, time: number): void {
    this.#add(KINDS.indexOf(end ?? 'left'), time);
  }

  /** Drops the entries before a position, in whole pages only. */
  dropBefore(position: number): void {
    while (this.#pages.length > 1 && endOf(this.#pages[0]) < position) this.#dropPage();
  }

  /** Drops all entries. Positions and numbers go on. */
  clear(): void {
    this.#droppedCount += this.count;
    [this.#pages, this.#used] = [[], 0];
    this.#start = this.#size;
    [this.#millisecond, this.#isInLine] = [Number.NaN, false];
  }

  /** Returns a snapshot of the entries. */
  snapshot(): ArrivalsSnapshot {
    const [pages, first] = [[...this.#pages], this.#droppedCount];
    const at = (number: number) => {
      const index = number - first;
      return arrivalAt(pages[Math.floor(index / PAGE)] ?? new Float64Array(0), (index % PAGE) * NUMBERS);
    };
    return { first, end: first + this.count, at };
  }

  /**
   * Returns the position of the first connection that begins within the given positions, `before` excluded; undefined if
   * none does.
   */
  firstStream(from: number, before: number): number | undefined {
    for (const [index, page] of this.#pages.entries()) {
      const end = index === this.#pages.length - 1 ? this.#used : page.length;
      for (let at = 0; at < end; at += NUMBERS) {
        const position = page[at + 2] ?? before;
        if (position >= before) return undefined;
        if (position >= from && page[at] === KINDS.indexOf('stream')) return position;
      }
    }
    return undefined;
  }

  #add(what: number, time: number): void {
    if (this.#pages.length === 0 || this.#used === PAGE * NUMBERS) {
      if (this.#pages.length === this.#maxPages) this.#dropPage();
      this.#pages.push(new Float64Array(PAGE * NUMBERS));
      this.#used = 0;
    }
    this.#pages.at(-1)?.set([what, time, this.#size], this.#used);
    this.#used += NUMBERS;
    [this.#millisecond, this.#isInLine] = [Number.NaN, false];
  }

  /** Extends the last entry to the current position, and sets its time. */
  #extendLast(time: number): void {
    this.#pages.at(-1)?.set([time, this.#size], this.#used - NUMBERS + 1);
  }

  #dropPage(): void {
    this.#start = endOf(this.#pages.shift());
    this.#droppedCount += PAGE;
  }
}

/** Returns the position at which a full page ends. */
function endOf(page: Float64Array | undefined): number {
  return page?.at(-1) ?? 0;
}

function arrivalAt(page: Float64Array, at: number): Arrival {
  const [what = 0, time = 0, position = 0] = page.subarray(at, at + NUMBERS);
  const kind = KINDS[what];
  switch (kind) {
    case undefined:
      return { kind: 'refusal', position, status: what, retryAfter: Number.isNaN(time) ? undefined : time };
    case 'bytes':
    case 'stream':
      return { kind, position, time };
    default:
      return { kind: 'end', position, time, end: kind === 'left' ? undefined : kind };
  }
}
