/** A place between two pairs of braces, or a pair that stands for itself, in the bytes of a line. */
export interface BracePair {
  start: number;
  end: number;
  /** Whether it is the first half of `{{{{`, which is sent as `{{`. */
  isLiteral: boolean;
}

const [OPEN, CLOSE] = [0x7b, 0x7d];
/** Bytes that are searched between two yields: about a tenth of a millisecond. */
export const STEP = 128 * 1024;

/** Whether a line may have places: few other lines have two pairs of braces. */
export function mayHavePlaces(bytes: Uint8Array, size: number): boolean {
  const open = pairIn(bytes, OPEN, 0, size);
  return open >= 0 && (pairIn(bytes, CLOSE, open, size) >= 0 || pairIn(bytes, OPEN, open + 2, size) >= 0);
}

/**
 * Finds the places of a line: `{{`, closed by `}}` on it. `{{{{` is a literal `{{`; a pair that nothing closes is one, too.
 * Of three braces the last two begin a place.
 * @param size of the line without its line end, in bytes
 * @param max number of places after which the search ends
 */
export function* bracePairs(bytes: Uint8Array, size: number, max: number): Generator<undefined, BracePair[]> {
  const pairs: BracePair[] = [];
  let isUnclosed = false;
  let yieldedAt = 0;
  let at = yield* nextPair(bytes, OPEN, 0, size);
  while (at >= 0 && pairs.length < max) {
    const isLiteral = bytes[at + 2] === OPEN && bytes[at + 3] === OPEN;
    const start = !isLiteral && bytes[at + 2] === OPEN ? at + 1 : at;
    const close: number = isLiteral || isUnclosed ? -1 : yield* nextPair(bytes, CLOSE, start + 2, size);
    if (isLiteral) pairs.push({ start, end: start + 2, isLiteral });
    else if (close >= 0) pairs.push({ start, end: close + 2, isLiteral });
    else isUnclosed = true;
    const next = close >= 0 ? close + 2 : start + (isLiteral ? 4 : 2);
    if (next - yieldedAt > STEP) {
      yieldedAt = next;
      yield;
    }
    at = yield* nextPair(bytes, OPEN, next, size);
  }
  return pairs;
}

/** Returns the index of the next two such braces; -1 if there are none. Yields while it searches. */
function* nextPair(bytes: Uint8Array, brace: number, from: number, size: number): Generator<undefined, number> {
  for (let at = from; at < size; at += STEP) {
    if (at > from) yield;
    // With the next byte, as a pair may stand across the border.
    const found = pairIn(bytes, brace, at, Math.min(at + STEP + 1, size));
    if (found >= 0) return found;
  }
  return -1;
}

function pairIn(bytes: Uint8Array, brace: number, from: number, to: number): number {
  // A brace of each pair is at an odd distance: those at even ones needn't be looked at.
  for (let at = from + 1; at < to; at += 2) {
    if (bytes[at] !== brace) continue;
    if (bytes[at - 1] === brace) return at - 1;
    if (at + 1 < to && bytes[at + 1] === brace) return at;
  }
  return -1;
}
