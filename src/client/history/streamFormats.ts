import type { StreamFormat } from '../../stream/streamParser';

/** A range of bytes in one format: from a position up to the next range. */
interface Range {
  from: number;
  format: StreamFormat;
}

/**
 * The formats of a history's bytes: it may hold connections that were read as event streams, and others as JSON lines. There
 * are few ranges: consecutive connections in one format share one.
 */
export class StreamFormats {
  #ranges: Range[] = [];

  /** Begins a range. @param from position, not before that of the range before */
  begin(from: number, format: StreamFormat): void {
    if (this.#ranges.at(-1)?.from === from) this.#ranges.pop();
    if (this.at(from) !== format) this.#ranges.push({ from, format });
  }

  /** Returns the format at a position: an event stream, unless a range says otherwise. */
  at(position: number): StreamFormat {
    return this.#ranges.findLast(({ from }) => from <= position)?.format ?? 'events';
  }

  /** Drops the ranges that end before a position. */
  dropBefore(position: number): void {
    while ((this.#ranges[1]?.from ?? Number.POSITIVE_INFINITY) <= position) this.#ranges.shift();
  }

  /** Returns a copy. */
  snapshot(): StreamFormats {
    const copy = new StreamFormats();
    copy.#ranges = [...this.#ranges];
    return copy;
  }
}
