/** Maximum size of the block that is given out with the bytes in it, in sizes of these. To copy is cheap, so that it needn't be more. */
const MAX_ROOM = 1.25;

/**
 * Collects bytes that come in pieces of any size, in one block of memory. A piece may be a single byte, and they may be
 * millions: each kept as an object of its own would take a hundred times its size.
 */
export class ByteBuffer {
  #bytes = new Uint8Array(0);
  #size = 0;

  /** Bytes so far. */
  get size(): number {
    return this.#size;
  }

  /** @param piece copied */
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

  /** Returns the bytes from a position on. Default: all. What is appended later doesn't change them. */
  view(from = 0): Uint8Array {
    return this.#bytes.subarray(from, this.#size);
  }

  /** Returns all bytes, and is empty afterwards. They are kept in no more than 1.25 times their size, since what takes them may hold them for long. */
  take(): Uint8Array {
    const all = this.view();
    const taken = this.#bytes.length > MAX_ROOM * all.length ? all.slice() : all;
    [this.#bytes, this.#size] = [new Uint8Array(0), 0];
    return taken;
  }
}
