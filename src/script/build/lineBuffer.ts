import type { ScriptLine } from './scriptLine';

/** All lines of a script that are sent, one after the other. */
export class LineBuffer {
  readonly bytes: Uint8Array;
  /** End of the next line if it was copied in pieces; else 0. */
  #copiedEnd = 0;

  /** @param size of the file, in bytes: the upper limit of what is sent */
  constructor(size: number) {
    this.bytes = new Uint8Array(size);
  }

  /** Copies the next line in pieces, and yields between them; `add` then doesn't copy it. */
  *copy({ bytes, skipped }: Pick<ScriptLine, 'bytes' | 'skipped'>, start: number, size: number): Generator<undefined> {
    const escapeSize = skipped < 0 ? 0 : 1;
    this.#copy(bytes.subarray(0, size), start, skipped);
    for (let at = size; at < bytes.length; at += size) {
      yield;
      this.bytes.set(bytes.subarray(at, at + size), start + at - escapeSize);
    }
    this.#copiedEnd = start + bytes.length - escapeSize;
  }

  /** Adds a line at the offset. @returns the offset of its end */
  add({ bytes, skipped }: Pick<ScriptLine, 'bytes' | 'skipped'>, start: number): number {
    const end = start + bytes.length - (skipped < 0 ? 0 : 1);
    if (this.#copiedEnd !== end) this.#copy(bytes, start, skipped);
    this.#copiedEnd = 0;
    return end;
  }

  #copy(bytes: Uint8Array, to: number, skipped: number): void {
    if (skipped > 0) this.bytes.set(bytes.subarray(0, skipped), to);
    this.bytes.set(bytes.subarray(skipped + 1), to + Math.max(0, skipped));
  }
}
