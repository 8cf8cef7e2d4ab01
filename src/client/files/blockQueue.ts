/** Maximum size of a block, in bytes: larger writes to a disk gain nothing. */
const BLOCK = 1024 * 1024;

interface Block {
  bytes: Uint8Array;
  size: number;
}

/**
 * A queue of bytes that come in chunks of any size and leave in blocks. A chunk may be a single byte, and there may be
 * millions of them: an object for each would take a hundred times its size.
 */
export class BlockQueue {
  #blocks: Block[] = [];
  /** Number of bytes of the first block that were removed. */
  #shifted = 0;
  #size = 0;

  /** Number of bytes that are queued. */
  get size(): number {
    return this.#size;
  }

  /** Oldest bytes, at most 1 MB; empty if none are queued. Appending more doesn't change them. */
  get first(): Uint8Array {
    const block = this.#blocks[0];
    return block ? block.bytes.subarray(this.#shifted, block.size) : new Uint8Array(0);
  }

  /** @param piece is copied */
  append(piece: Uint8Array): void {
    for (let from = 0; from < piece.length; ) {
      const block = this.#lastBlock();
      const part = piece.subarray(from, from + BLOCK - block.size);
      const size = block.size + part.length;
      if (size > block.bytes.length) {
        const bytes = new Uint8Array(Math.min(BLOCK, 2 * size));
        bytes.set(block.bytes.subarray(0, block.size));
        block.bytes = bytes;
      }
      block.bytes.set(part, block.size);
      block.size = size;
      from += part.length;
    }
    this.#size += piece.length;
  }

  /** Removes the oldest bytes. @param count at most as many as `first` has */
  shift(count: number): void {
    this.#shifted += count;
    this.#size -= count;
    if (this.#shifted < (this.#blocks[0]?.size ?? 0)) return;
    this.#blocks.shift();
    this.#shifted = 0;
  }

  clear(): void {
    [this.#blocks, this.#shifted, this.#size] = [[], 0, 0];
  }

  #lastBlock(): Block {
    const last = this.#blocks.at(-1);
    if (last && last.size < BLOCK) return last;
    const block = { bytes: new Uint8Array(0), size: 0 };
    this.#blocks.push(block);
    return block;
  }
}
