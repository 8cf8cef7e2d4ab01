import { createHash } from 'node:crypto';

/** Maximum size of what is compared, in bytes: to read and hash that much takes half a second of a processor. */
const MAX_COMPARED = 256 * 1024 * 1024;
/** Size of a piece that is read and hashed at once, in bytes: it takes half a millisecond. */
const PIECE = 256 * 1024;

/** What was written to a file, known by its hash: so it can be compared with what is in it, and isn't kept. */
export class WrittenContent {
  readonly #hash = createHash('sha256');
  readonly #max: number;
  #size = 0;

  constructor(max = MAX_COMPARED) {
    this.#max = max;
  }

  /** Whether it isn't too large to be compared. */
  get isComparable(): boolean {
    return this.#size <= this.#max;
  }

  append(bytes: Uint8Array): void {
    this.#size += bytes.length;
    if (this.isComparable) this.#hash.update(bytes);
  }

  /** Resolves with whether the file has what has been appended by now. What is behind that doesn't count. */
  async isIn(read: (into: Buffer, position: number) => Promise<number>): Promise<boolean> {
    const comparison = this.#compare();
    let step = comparison.next();
    while (!step.done) step = comparison.next(await read(step.value.into, step.value.position));
    return step.value;
  }

  /** As `isIn`. */
  isInSync(read: (into: Buffer, position: number) => number): boolean {
    const comparison = this.#compare();
    let step = comparison.next();
    while (!step.done) step = comparison.next(read(step.value.into, step.value.position));
    return step.value;
  }

  /** Asks for one piece after the other, and is told how much of it was read. */
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
