import type { Json } from './json';

/** Size of a value, without its text and what is in it; and what one more counts that is written with many digits. */
const [VALUE, DIGITS] = [4, 20];

/** Returns the size of a value, about that of its JSON text in characters; no more than a little over the maximum. */
export function sizeOf(value: Json, maximum: number): number {
  const open: Json[] = [value];
  let size = 0;
  for (let next = open.pop(); next !== undefined && size <= maximum; next = open.pop()) {
    size += VALUE;
    if (typeof next === 'string') size += next.length;
    else if (typeof next === 'number') size += Number.isSafeInteger(next) ? 0 : DIGITS;
    else if (Array.isArray(next)) {
      if (size + VALUE * next.length > maximum) return size + VALUE * next.length;
      for (const one of next) open.push(one);
    } else if (typeof next === 'object' && next !== null)
      for (const name of Object.keys(next)) {
        size += name.length;
        open.push(next[name] ?? null);
      }
  }
  return size;
}
