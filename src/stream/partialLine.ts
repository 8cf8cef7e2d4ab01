/** Maximum size of a line that is short, in bytes. */
const SHORT = 4096;
/** Maximum size of a buffer that is used again, in bytes: a larger one isn't kept for the short lines that usually follow. */
const MAX_KEPT = 256 * 1024;

/** The beginning of a line whose end hasn't come, up to a maximum size. */
export class PartialLine {
  readonly #maxSize: number;
  #bytes = new Uint8Array(0);
  #joined = new Uint8Array(0);
  #size = 0;
  #start = 0;
  #omitted = 0;

  /** @param maxSize maximum that is kept, in bytes; the rest is omitted */
  constructor(maxSize: number) {
    this.#maxSize = maxSize;
  }

  /** Number of bytes that are kept. */
  get size(): number {
    return this.#size;
  }

  /** Offset of the line in the stream. */
  get start(): number {
    return this.#start;
  }

  /** Whether it is short and whole: then it may be copied once more. */
  get isShort(): boolean {
    return this.#size <= SHORT && this.#omitted === 0;
  }

  /** First byte; undefined if there is none. */
  get first(): number | undefined {
    return this.#size > 0 ? this.#bytes[0] : undefined;
  }

  /** Adds a copy of a piece. @param start offset of the piece */
  add(piece: Uint8Array, start: number): void {
    if (this.#size === 0) this.#start = start;
    const kept = piece.subarray(0, this.#maxSize - this.#size);
    const size = this.#size + kept.length;
    if (size > this.#bytes.length) {
      // Twice the size needed, as there may be millions of pieces of a single byte.
      const bytes = new Uint8Array(2 * size);
      bytes.set(this.#bytes.subarray(0, this.#size));
      this.#bytes = bytes;
    }
    this.#bytes.set(kept, this.#size);
    this.#size = size;
    this.#omitted += piece.length - kept.length;
  }

  /** Returns the line with more behind it, in a buffer that is used again. */
  joinedWith(more: Uint8Array): Uint8Array {
    const size = this.#size + more.length;
    if (this.#joined.length < size) this.#joined = new Uint8Array(2 * size);
    this.#joined.set(this.#bytes.subarray(0, this.#size));
    this.#joined.set(more, this.#size);
    return this.#joined.subarray(0, size);
  }

  /** Returns the line, and begins another one. The bytes are valid until then. */
  take(): { line: Uint8Array; start: number; omitted: number } {
    const taken = { line: this.#bytes.subarray(0, this.#size), start: this.#start, omitted: this.#omitted };
    if (this.#bytes.length > MAX_KEPT) this.#bytes = new Uint8Array(0);
    this.#size = 0;
    this.#omitted = 0;
    return taken;
  }
}
