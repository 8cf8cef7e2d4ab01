import { COLON, CR, LF } from '../../stream/bytes';

/** Counts the comments of a stream as they begin, however its chunks are cut. */
export class CommentCount {
  #isAtStart = true;

  /** Begins a new stream. */
  begin(): void {
    this.#isAtStart = true;
  }

  /** Returns the number of comments that begin in the next chunk. */
  in(chunk: Uint8Array): number {
    let [count, isAtStart] = [0, this.#isAtStart];
    for (const byte of chunk) {
      if (isAtStart && byte === COLON) count += 1;
      isAtStart = byte === LF || byte === CR;
    }
    this.#isAtStart = isAtStart;
    return count;
  }
}
