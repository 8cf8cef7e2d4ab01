/** Maximum ratio of a block's size to that of the bytes in it when it is returned without a copy. Copying is cheap. */
const MAX_ROOM = 1.25;

/**
 * A growing buffer that collects bytes in one block of memory. There may be millions of pieces of a single byte: if each
 * were kept as an object of its own, it would take a hundred times its size.
 */
export class ByteBuffer {
  #bytes = new Uint8Array(0);
  #size = 0;

  /** Number of bytes collected. */
  get size(): number {
    return this.#size;
  }

  /** Appends a copy of a piece. */
  append(piece: Uint8Array): void {
    const size = this.#size + piece.length;
    if (size > this.#bytes.length) {
      const bytes = new Uint8Array(2 * size);
      bytes.set(this.#bytes.subarray(0, this.#size));
      this.#bytes = bytes;
    }
    this.#bytes.set(piece, this.#size);
    this.#size = size;
  }

  /** Returns the bytes from an index on. Default: all. They don't change when more are appended, until it is cleared. */
  view(from = 0): Uint8Array {
    return this.#bytes.subarray(from, this.#size);
  }

  /** Empties the buffer: views of it are no longer valid. @param kept maximum size of its memory that is used again */
  clear(kept: number): void {
    if (this.#bytes.length > kept) this.#bytes = new Uint8Array(0);
    this.#size = 0;
  }

  /**
   * Returns all bytes and leaves the buffer empty. They occupy at most 1.25 times their size, as the caller may keep them
   * for long.
   */
  take(): Uint8Array {
    const all = this.view();
    const taken = this.#bytes.length > MAX_ROOM * all.length ? all.slice() : all;
    [this.#bytes, this.#size] = [new Uint8Array(0), 0];
    return taken;
  }
}
