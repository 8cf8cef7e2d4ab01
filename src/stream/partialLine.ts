import { ByteBuffer } from './byteBuffer';

/** Maximum size of a line that is short, in bytes. */
const SHORT = 4096;
/** Maximum size of a buffer that is used again, in bytes: a larger one isn't kept for the short lines that usually follow. */
const MAX_KEPT = 256 * 1024;

/** The beginning of a line whose end hasn't come, up to a maximum size. */
export class PartialLine {
  readonly #maxSize: number;
  readonly #bytes = new ByteBuffer();
  readonly #joined = new ByteBuffer();
  #start = 0;
  #omitted = 0;

  /** @param maxSize maximum that is kept, in bytes; the rest is omitted */
  constructor(maxSize: number) {
    this.#maxSize = maxSize;
  }

  /** Number of bytes that are kept. */
  get size(): number {
    return this.#bytes.size;
  }

  /** Offset of the line in the stream. */
  get start(): number {
    return this.#start;
  }

  /** Whether it is short and whole: then it may be copied once more. */
  get isShort(): boolean {
    return this.size <= SHORT && this.#omitted === 0;
  }

  /** First byte; undefined if there is none. */
  get first(): number | undefined {
    return this.#bytes.view()[0];
  }

  /** Adds a copy of a piece. @param start offset of the piece */
  add(piece: Uint8Array, start: number): void {
    if (this.size === 0) this.#start = start;
    const kept = piece.subarray(0, this.#maxSize - this.size);
    this.#bytes.append(kept);
    this.#omitted += piece.length - kept.length;
  }

  /** Returns the line with more behind it, in a buffer that is used again. */
  joinedWith(more: Uint8Array): Uint8Array {
    this.#joined.clear(MAX_KEPT);
    this.#joined.append(this.#bytes.view());
    this.#joined.append(more);
    return this.#joined.view();
  }

  /** Returns the line, and begins another one. The bytes are valid until then. */
  take(): { line: Uint8Array; start: number; omitted: number } {
    const taken = { line: this.#bytes.view(), start: this.#start, omitted: this.#omitted };
    this.#bytes.clear(MAX_KEPT);
    this.#omitted = 0;
    return taken;
  }
}
