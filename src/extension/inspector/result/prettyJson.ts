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

function isDeep(value: unknown): boolean {
  let level = [value];
  let [lines, depths] = [0, 0];
  for (let depth = 0; level.length > 0; depth += 1) {
    lines += level.length;
    depths += depth * level.length;
    level = level.flatMap(membersOf);
  }
  return depths > FEW && depths > MAX_DEPTH * lines;
}

function membersOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}
