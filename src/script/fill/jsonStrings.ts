import { type BracePair, STEP } from './bracePairs';

const [QUOTE, BACKSLASH, OPEN, ARRAY] = [0x22, 0x5c, 0x7b, 0x5b];
const [SPACE, TAB] = [0x20, 0x09];
/** Maximum number of blanks before JSON. */
const MAX_BLANKS = 1000;

/** Whether JSON begins at the index, behind blanks: an object, an array or a string. The braces of a place begin none. */
export function beginsJson(bytes: Uint8Array, from: number, size: number): boolean {
  let at = from;
  while (at < size && at - from < MAX_BLANKS && (bytes[at] === SPACE || bytes[at] === TAB)) at += 1;
  if (at >= size) return false;
  return bytes[at] === QUOTE || bytes[at] === ARRAY || (bytes[at] === OPEN && bytes[at + 1] !== OPEN);
}

/** Finds the pairs that stand within a string of JSON, which must be closed again on its line. Yields while it searches. */
export function* pairsInStrings(
  bytes: Uint8Array,
  from: number,
  pairs: readonly BracePair[],
): Generator<undefined, ReadonlySet<BracePair>> {
  const within = new Set<BracePair>();
  let isOpen = false;
  let at = from;
  for (const pair of pairs) {
    while (at < pair.start) {
      const end = Math.min(at + STEP, pair.start);
      for (; at < end; at += 1) {
        if (isOpen && bytes[at] === BACKSLASH) at += 1;
        else if (bytes[at] === QUOTE) isOpen = !isOpen;
      }
      if (at < pair.start) yield;
    }
    if (isOpen) within.add(pair);
    at = pair.end;
  }
  return within;
}
