import { jsonText } from './jsonText';

/** Depth of a value's lines on average, up to which they are indented. */
const MAX_DEPTH = 16;
/** Number of lines, each counted as often as it is deep, up to which a value is indented in any case: 128 KB of blanks. */
const FEW = 64 * 1024;

/**
 * Returns a value as indented JSON. One whose lines are mostly deep is written on a single line: indented, each would have up
 * to a thousand blanks, and 200 KB become 100 MB.
 */
export function pretty(value: unknown): string {
  return JSON.stringify(value, undefined, isDeep(value) ? undefined : 2);
}

/** Yields what `pretty` returns, in short pieces. @param margin that stands before each line but the first */
export function* prettyPieces(value: unknown, margin = ''): Generator<string, void> {
  yield* jsonText(value, isDeep(value) ? undefined : margin);
}

function isDeep(value: unknown): boolean {
  let level = [value].filter(isOpening);
  let [lines, depths] = [1, 0];
  for (let depth = 1; level.length > 0; depth += 1) {
    const inside: object[] = [];
    for (const one of level) {
      const members = membersOf(one);
      lines += members.length;
      depths += depth * members.length;
      for (const member of members) if (isOpening(member)) inside.push(member);
    }
    level = inside;
  }
  return depths > FEW && depths > MAX_DEPTH * lines;
}

/** Returns the members of an array or object. (Object.values takes V8 three times as long.) */
function membersOf(value: object): unknown[] {
  return Array.isArray(value) ? value : Object.keys(value).map((key) => (value as Record<string, unknown>)[key]);
}

function isOpening(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
