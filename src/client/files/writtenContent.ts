import { createHash } from 'node:crypto';

/** Maximum size of a content that is compared, in bytes: reading and hashing it takes half a second of CPU time. */
const MAX_COMPARED = 256 * 1024 * 1024;
/** Size of the pieces that are read and hashed at once, in bytes: each takes half a millisecond. */
const PIECE = 256 * 1024;

/** The content that was written to a file, kept only as a hash, to be compared with what is in the file. */
export class WrittenContent {
  readonly #hash = createHash('sha256');
  readonly #max: number;
  #size = 0;

  constructor(max = MAX_COMPARED) {
    this.#max = max;
  }

  /** Whether the content is small enough to be compared. */
  get isComparable(): boolean {
    return this.#size <= this.#max;
  }

  append(bytes: Uint8Array): void {
    this.#size += bytes.length;
    if (this.isComparable) this.#hash.update(bytes);
  }

  /** Whether the file begins with everything appended so far. Anything after that doesn't count. */
  async isIn(read: (into: Buffer, position: number) => Promise<number>): Promise<boolean> {
    const comparison = this.#compare();
    let step = comparison.next();
    while (!step.done) step = comparison.next(await read(step.value.into, step.value.position));
    return step.value;
  }

  /** Whether the same holds, read synchronously. */
  isInSync(read: (into: Buffer, position: number) => number): boolean {
    const comparison = this.#compare();
    let step = comparison.next();
    while (!step.done) step = comparison.next(read(step.value.into, step.value.position));
    return step.value;
  }

  /** Yields the pieces to read, one by one, and takes the number of bytes read of each. */
  *#compare(): Generator<{ into: Buffer; position: number }, boolean, number> {
    const [size, wanted, found] = [this.#size, this.#hash.copy().digest(), createHash('sha256')];
    const piece = Buffer.alloc(Math.min(PIECE, size));
    for (let position = 0; position < size; ) {
      const into = piece.subarray(0, size - position);
      const count = yield { into, position };
      if (count === 0) return false;
      found.update(into.subarray(0, count));
      position += count;
    }
    return found.digest().equals(wanted);
  }
}
