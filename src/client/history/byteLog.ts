import { CR, LF } from '../../stream/bytes';
import type { StreamFormat } from '../../stream/streamParser';
import { type BytePage, ByteSnapshot } from './byteSnapshot';
import { StreamFormats } from './streamFormats';

/** Size of a page, in bytes: the oldest bytes are evicted a page at a time, and the search for a line scans one page. */
const PAGE_SIZE = 64 * 1024;

/** Maximum shown of a line, in bytes; longer lines are truncated. */
const MAX_LINE = 4096;

interface Page extends BytePage {
  /** Number of the line that the first byte belongs to. */
  firstLine: number;
  /** Whether the page before ends with CR: then an LF at the start of this page belongs to the same line end. */
  afterCR: boolean;
  length: number;
  /** Whether a snapshot uses the page: then its buffer must not be reused. */
  isShared: boolean;
}

/** The bytes of a stream, with access by line. Bounded: the oldest bytes are evicted. */
export class ByteLog {
  readonly #maxBytes: number;
  #pages: Page[] = [];
  /** Buffer of an evicted page, reused for the next one: without this, megabytes of garbage would pile up. */
  #spare: Uint8Array | undefined;
  readonly #formats = new StreamFormats();
  #size = 0;
  #lineEnds = 0;
  #afterCR = false;

  /** @param maxBytes minimum that is kept, in bytes, once as much has come; up to a page more may be */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Number of bytes received so far, which is the position of the next. */
  get size(): number {
    return this.#size;
  }

  /** The position of the first byte that is kept. */
  get start(): number {
    return this.#pages[0]?.start ?? this.#size;
  }

  /** Number of the first line that is kept; the beginning of the line may have been evicted. */
  get firstLine(): number {
    return this.#pages[0]?.firstLine ?? this.#lineEnds;
  }

  /** Number of lines that have begun; the last may still be empty. */
  get lineCount(): number {
    return this.#lineEnds + 1;
  }

  /** Begins a stream: what comes from here on is in that format. */
  begin(format: StreamFormat): void {
    this.#formats.begin(this.#size, format);
  }

  /** Returns the format of the byte at a position that is kept. */
  formatAt(position: number): StreamFormat {
    return this.#formats.at(position);
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

  /** Drops the bytes before a position, in whole pages only. */
  dropBefore(position: number): void {
    while ((this.#pages[1]?.start ?? Number.POSITIVE_INFINITY) <= position) this.#shift();
  }

  /** Drops all bytes. Positions go on. */
  clear(): void {
    this.#pages = [];
    this.#spare = undefined;
    this.#formats.dropBefore(this.#size);
  }

  /** Returns a snapshot of the bytes that are kept. */
  snapshot(): ByteSnapshot {
    for (const page of this.#pages) page.isShared = true;
    return new ByteSnapshot([...this.#pages], this.#size, this.#formats.snapshot());
  }

  /**
   * Returns the bytes from one position to another, as far as they are kept; a copy only if they lie in two pages. Valid until
   * more come.
   */
  view(start: number, end: number): Uint8Array {
    const page = this.#pages[this.#pageAt(start)];
    if (!page || start < page.start || end > page.start + page.length) return this.slice(start, end);
    return page.bytes.subarray(start - page.start, end - page.start);
  }

  /** Returns a copy of the bytes from one position to another, as far as they are kept. */
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

  /** Returns the lines from one number to another, as far as they are kept, without line ends, each truncated at 4 KB. */
  lines(from: number, to: number): Uint8Array[] {
    return this.placedLines(from, to).map(({ bytes }) => bytes);
  }

  /** Returns the same lines with the positions at which they start and end, line ends included, but not the LF of a CRLF. */
  placedLines(from: number, to: number): { bytes: Uint8Array; start: number; end: number }[] {
    const lines: { bytes: Uint8Array; start: number; end: number }[] = [];
    let start = this.#lineStart(Math.max(from, this.firstLine));
    for (let line = Math.max(from, this.firstLine); line < Math.min(to, this.lineCount); line += 1) {
      const end = this.#nextLine(start, line);
      const bytes = withoutEnd(this.slice(start, Math.min(end, start + MAX_LINE)));
      lines.push({ bytes, start: this.#withoutLF(start), end: this.#withoutLF(end) });
      start = end;
    }
    return lines;
  }

  /** Returns the number of the line that a position belongs to; the first one that is kept for an earlier position. */
  lineAt(position: number): number {
    const page = this.#pages[this.#pageAt(position)];
    if (!page || position < page.start) return this.firstLine;
    return page.firstLine + countLineEnds(page.bytes.subarray(0, position - page.start), page.afterCR);
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
    this.#formats.dropBefore(this.start);
  }

  /** Returns the index of the page that holds a position. */
  #pageAt(position: number): number {
    // All pages but the last are full.
    const index = Math.floor((position - this.start) / PAGE_SIZE);
    return Math.max(0, Math.min(index, this.#pages.length - 1));
  }

  #lineStart(line: number): number {
    const page = this.#pages.findLast(({ firstLine }) => firstLine < line);
    return page ? this.#skipLF(page.start + afterLineEnds(page, line - page.firstLine, 0)) : this.start;
  }

  /** Returns the position where the line after the given one begins; the end of the bytes if there is none. */
  #nextLine(start: number, line: number): number {
    if (line + 1 >= this.lineCount) return this.#size;
    const page = this.#pages[this.#pageAt(start)];
    const at = page ? afterLineEnds(page, 1, start - page.start) : -1;
    // The next line begins in a later page: look it up by its number, since scanning a very long line would be slow.
    return page && at >= 0 ? this.#skipLF(page.start + at) : this.#lineStart(line + 1);
  }

  /** Returns the position before the LF if a CRLF ends there: a line ends with its CR. */
  #withoutLF(position: number): number {
    const [first, second] = this.view(position - 2, position);
    return first === CR && second === LF ? position - 1 : position;
  }

  /** Skips the LF of a CRLF that is split between two pages. */
  #skipLF(position: number): number {
    const page = this.#pages[this.#pageAt(position)];
    return page && page.start === position && page.afterCR && page.bytes[0] === LF ? position + 1 : position;
  }
}

function countLineEnds(bytes: Uint8Array, afterCR: boolean): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    // Most bytes are text: one comparison for each.
    if (byte > CR) continue;
    const isAfterCR = at === 0 ? afterCR : bytes[at - 1] === CR;
    if (byte === CR || (byte === LF && !isAfterCR)) count += 1;
  }
  return count;
}

/** Returns the offset in the page after the wanted number of line ends, counted from an offset; -1 if there are fewer. */
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
