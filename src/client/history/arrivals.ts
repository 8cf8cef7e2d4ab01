import type { ConnectionEnd, ResponseHead, StreamListener } from '../../script/scriptWriter';
import { CR, LF } from '../../stream/bytes';

/** So many entries lie in one page; the oldest are evicted a page at a time. */
const PAGE = 1024;
/** More aren't kept: of 24 bytes each, they are 12 MB. */
const MAX_ENTRIES = 512 * 1024;
/** An entry is what it is, when it was, and the position in the stream that it goes up to. */
const NUMBERS = 3;

/** What an entry is. Other numbers are the status of a refusal, the time of which is its Retry-After. */
const KINDS = ['bytes', 'stream', 'end', 'drop', 'reset', 'left'] as const;

/** The arrivals that are kept at one moment, by their numbers; bytes that come later may still prolong the last. */
export interface ArrivalsSnapshot {
  /** The number of the first that is kept. */
  first: number;
  /** The number behind the last. */
  end: number;
  at(number: number): Arrival;
}

/** What came at one time, or happened. Times in milliseconds, by the clock of who told of it. */
export type Arrival = {
  /** Of bytes: where they end. Else: how many had come before. */
  position: number;
} & (
  | { kind: 'bytes' | 'stream'; time: number }
  | { kind: 'end'; time: number; end: ConnectionEnd | undefined }
  /** An answer that is no stream. */
  | { kind: 'refusal'; status: number; retryAfter: number | undefined }
);

/**
 * When which bytes of a stream came, and where connections began and ended. It is small: what comes within a millisecond
 * is one entry, and so are the pieces of a line. When there are more than half a million, the oldest are evicted.
 */
export class Arrivals implements StreamListener {
  readonly #maxPages: number;
  #pages: Float64Array[] = [];
  /** How many numbers the last page holds. */
  #used = 0;
  #start = 0;
  /** How many entries were evicted or cleared. */
  #gone = 0;
  #size = 0;
  #openedAt = 0;
  /** Of the last entry, in whole ones since the response; NaN where it isn't one of bytes. */
  #millisecond = Number.NaN;
  /** The last entry is one of bytes, and no line ends in it. */
  #isInLine = false;

  constructor(maxEntries = MAX_ENTRIES) {
    this.#maxPages = Math.max(1, Math.floor(maxEntries / PAGE));
  }

  /** From this position on, it is known when what came. */
  get start(): number {
    return this.#start;
  }

  /** How many entries are kept. */
  get count(): number {
    return Math.max(0, this.#pages.length - 1) * PAGE + this.#used / NUMBERS;
  }

  /** The number of the first entry that is kept. Entries are numbered from 0, in the order in which they come. */
  get first(): number {
    return this.#gone;
  }

  /** The number of the entry that the next bytes of an open stream belong to, if they prolong the last, or may. */
  get next(): number {
    const last = this.#pages.at(-1)?.[this.#used - NUMBERS];
    return this.#gone + this.count - (last === KINDS.indexOf('bytes') ? 1 : 0);
  }

  response({ isEventStream, status, retryAfter }: ResponseHead, time: number): void {
    this.#openedAt = time;
    if (isEventStream) this.#add(KINDS.indexOf('stream'), time);
    // Smaller numbers, of which HTTP has none, are kinds.
    else if (status >= KINDS.length) this.#add(status, retryAfter ?? Number.NaN);
  }

  bytes(chunk: Uint8Array, time: number): void {
    if (chunk.length === 0) return;
    this.#size += chunk.length;
    const millisecond = Math.round(time - this.#openedAt);
    const hasLineEnd = chunk.includes(LF) || chunk.includes(CR);
    // A line is as late as its end.
    if (millisecond === this.#millisecond || this.#isInLine) {
      this.#prolong(time);
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

  /** Drops what is told of bytes before the position, as far as it fills pages. */
  dropBefore(position: number): void {
    while (this.#pages.length > 1 && endOf(this.#pages[0]) < position) this.#dropPage();
  }

  /** Forgets what has come. Positions go on. */
  clear(): void {
    this.#gone += this.count;
    [this.#pages, this.#used] = [[], 0];
    this.#start = this.#size;
    [this.#millisecond, this.#isInLine] = [Number.NaN, false];
  }

  /** Returns all that are kept at this moment. */
  snapshot(): ArrivalsSnapshot {
    const [pages, first] = [[...this.#pages], this.#gone];
    const at = (number: number) => {
      const index = number - first;
      return arrivalAt(pages[Math.floor(index / PAGE)] ?? new Float64Array(0), (index % PAGE) * NUMBERS);
    };
    return { first, end: first + this.count, at };
  }

  /** Returns where the first connection begins that does so from one position on, and before another; undefined if none. */
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

  /** The last entry goes up to here, and is as late. */
  #prolong(time: number): void {
    this.#pages.at(-1)?.set([time, this.#size], this.#used - NUMBERS + 1);
  }

  #dropPage(): void {
    this.#start = endOf(this.#pages.shift());
    this.#gone += PAGE;
  }
}

/** The position that a full page goes up to. */
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
