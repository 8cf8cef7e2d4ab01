import type { StreamFormat } from '../../stream/streamParser';
import { StreamFormats } from './streamFormats';

/** A page of bytes that begins at a position in the stream. */
export interface BytePage {
  start: number;
  bytes: Uint8Array;
}

/** A snapshot of a log's bytes. It keeps them even if the log evicts them; it shares the log's pages, without copying. */
export class ByteSnapshot {
  /** The position of the first byte. */
  readonly start: number;
  /** The position after the last byte. */
  readonly end: number;
  readonly #pages: readonly BytePage[];
  readonly #formats: StreamFormats;

  /** @param pages consecutive pages, each full except the last @param formats of the bytes. Default: one event stream */
  constructor(pages: readonly BytePage[], end: number, formats = new StreamFormats()) {
    this.start = pages[0]?.start ?? end;
    this.end = end;
    this.#pages = pages;
    this.#formats = formats;
  }

  /** Returns the format of the byte at a position. */
  formatAt(position: number): StreamFormat {
    return this.#formats.at(position);
  }

  /**
   * Returns the bytes from a position on, as far as they lie in one page, without copying. Empty if there are none.
   * @param most maximum size, in bytes
   */
  piece(from: number, most: number): Uint8Array {
    const page = from < this.start ? undefined : this.#pages[this.#pageAt(from)];
    if (!page) return new Uint8Array(0);
    const to = Math.min(this.end, from + most);
    return page.bytes.subarray(from - page.start, Math.max(from, to) - page.start);
  }

  /** Returns a copy of the bytes from one position to another, as far as they exist. */
  slice(from: number, to: number): Uint8Array {
    const end = Math.min(to, this.end);
    const bytes = new Uint8Array(Math.max(0, end - from));
    for (let position = from; position < end; ) {
      const piece = this.piece(position, end - position);
      if (piece.length === 0) break;
      bytes.set(piece, position - from);
      position += piece.length;
    }
    return bytes;
  }

  /** Returns the index of the page that holds a position. */
  #pageAt(position: number): number {
    // All pages but the last have the size of the first.
    const [first, second] = this.#pages;
    return first && second ? Math.floor((position - first.start) / (second.start - first.start)) : 0;
  }
}
