import { CR, LF } from '../../stream/bytes';
import { type BytePage, ByteSnapshot } from './byteSnapshot';

/** Bytes are kept in pages of this size: the oldest are evicted a page at a time, and a line is looked for in one. */
const PAGE_SIZE = 64 * 1024;

/** A line of which more than so many bytes would be shown is cut there. */
const MAX_LINE = 4096;

interface Page extends BytePage {
  /** The line that its first byte belongs to. */
  firstLine: number;
  /** The page before ends with CR: its CR and a first LF here are one line end. */
  afterCR: boolean;
  length: number;
  /** Whether a snapshot has the page: then its bytes may not be used again. */
  isShared: boolean;
}

/** The bytes of a stream as they came, the oldest evicted for want of room; and its lines. */
export class ByteLog {
  readonly #maxBytes: number;
  #pages: Page[] = [];
  /** The bytes of a page that was evicted, for the next: else they would be garbage by the megabyte. */
  #spare: Uint8Array | undefined;
  #size = 0;
  #lineEnds = 0;
  #afterCR = false;

  /** @param maxBytes how much is kept at the least, once there is as much; a page more may be */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** How many bytes have come; the position of the next. */
  get size(): number {
    return this.#size;
  }

  /** The position of the first byte that is kept. */
  get start(): number {
    return this.#pages[0]?.start ?? this.#size;
  }

  /** The first line that is kept; it may have lost its beginning. */
  get firstLine(): number {
    return this.#pages[0]?.firstLine ?? this.#lineEnds;
  }

  /** How many lines have begun; the last may be empty still. */
  get lineCount(): number {
    return this.#lineEnds + 1;
  }

  append(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length; ) {
      const page = this.#openPage();
      const piece = chunk.subarray(from, from + PAGE_SIZE - page.length);
      page.bytes.set(piece, page.length);
      page.length += piece.length;
      this.#size += piece.length;
      this.#lineEnds += countLineEnds(piece, this.#afterCR);
      this.#afterCR = piece.at(-1) === CR;
      from += piece.length;
    }
    while (this.#size - (this.#pages[1]?.start ?? this.#size) >= this.#maxBytes) this.#shift();
  }

  /** Drops what lies before the position, as far as it fills pages. */
  dropBefore(position: number): void {
    while ((this.#pages[1]?.start ?? Number.POSITIVE_INFINITY) <= position) this.#shift();
  }

  /** Drops all that is kept. Positions go on. */
  clear(): void {
    this.#pages = [];
    this.#spare = undefined;
  }

  /** Returns what is kept at this moment. */
  snapshot(): ByteSnapshot {
    for (const page of this.#pages) page.isShared = true;
    return new ByteSnapshot([...this.#pages], this.#size);
  }

  /** The bytes from one position to another, as far as they are kept. */
  slice(start: number, end: number): Uint8Array {
    const [from, to] = [Math.max(start, this.start), Math.min(end, this.#size)];
    const bytes = new Uint8Array(Math.max(0, to - from));
    for (let index = this.#pageAt(from); index < this.#pages.length; index += 1) {
      const page = this.#pages[index];
      if (!page || page.start >= to) break;
      const begin = Math.max(0, from - page.start);
      bytes.set(page.bytes.subarray(begin, Math.min(page.length, to - page.start)), page.start + begin - from);
    }
    return bytes;
  }

  /** The lines from one to another, without their ends, as far as they are kept; each cut at 4 KB. */
  lines(from: number, to: number): Uint8Array[] {
    const lines: Uint8Array[] = [];
    let start = this.#lineStart(Math.max(from, this.firstLine));
    for (let line = Math.max(from, this.firstLine); line < Math.min(to, this.lineCount); line += 1) {
      const next = this.#nextLine(start, line);
      lines.push(withoutEnd(this.slice(start, Math.min(next, start + MAX_LINE))));
      start = next;
    }
    return lines;
  }

  #openPage(): Page {
    const last = this.#pages.at(-1);
    if (last && last.length < PAGE_SIZE) return last;
    const [start, firstLine, afterCR] = [this.#size, this.#lineEnds, this.#afterCR];
    const bytes = this.#spare ?? new Uint8Array(PAGE_SIZE);
    const page = { start, firstLine, afterCR, bytes, length: 0, isShared: false };
    this.#spare = undefined;
    this.#pages.push(page);
    return page;
  }

  #shift(): void {
    const page = this.#pages.shift();
    this.#spare = page?.isShared ? undefined : page?.bytes;
  }

  /** The index of the page that holds the position. */
  #pageAt(position: number): number {
    return Math.max(
      0,
      this.#pages.findLastIndex(({ start }) => start <= position),
    );
  }

  #lineStart(line: number): number {
    const page = this.#pages.findLast(({ firstLine }) => firstLine < line);
    return page ? this.#skipLF(page.start + afterLineEnds(page, line - page.firstLine, 0)) : this.start;
  }

  /** Where the line after that one begins; the end, where there is none. */
  #nextLine(start: number, line: number): number {
    if (line + 1 >= this.lineCount) return this.#size;
    const page = this.#pages[this.#pageAt(start)];
    const at = page ? afterLineEnds(page, 1, start - page.start) : -1;
    // In a later page, it is looked for there at once: the line may be very long.
    return page && at >= 0 ? this.#skipLF(page.start + at) : this.#lineStart(line + 1);
  }

  /** Behind the LF of a CRLF that two pages share. */
  #skipLF(position: number): number {
    const page = this.#pages[this.#pageAt(position)];
    return page && page.start === position && page.afterCR && page.bytes[0] === LF ? position + 1 : position;
  }
}

function countLineEnds(bytes: Uint8Array, afterCR: boolean): number {
  let count = 0;
  for (let at = afterCR && bytes[0] === LF ? 1 : 0; at < bytes.length; at += 1) {
    if (bytes[at] === LF && bytes[at - 1] === CR && at > 0) continue;
    if (bytes[at] === LF || bytes[at] === CR) count += 1;
  }
  return count;
}

/** Where so many line ends of the page are over, from there on; -1 where there are fewer. */
function afterLineEnds({ bytes, length, afterCR }: Page, wanted: number, from: number): number {
  let left = wanted;
  for (let at = from === 0 && afterCR && bytes[0] === LF ? 1 : from; at < length; at += 1) {
    if (bytes[at] !== LF && bytes[at] !== CR) continue;
    if (bytes[at] === CR && at + 1 < length && bytes[at + 1] === LF) at += 1;
    left -= 1;
    if (left === 0) return at + 1;
  }
  return -1;
}

function withoutEnd(line: Uint8Array): Uint8Array {
  let end = line.length;
  if (line[end - 1] === LF) end -= 1;
  if (line[end - 1] === CR) end -= 1;
  return line.subarray(0, end);
}
