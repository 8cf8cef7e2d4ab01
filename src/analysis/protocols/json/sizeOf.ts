import type { Json } from './json';

/** Returns the size of a value, about that of its JSON text in characters; no more than a little over the maximum. */
export function sizeOf(value: Json, maximum: number): number {
  const open: Json[] = [value];
  let size = 0;
  for (let next = open.pop(); next !== undefined && size <= maximum; next = open.pop()) {
    size += 4;
    if (typeof next === 'string') size += next.length;
    else if (Array.isArray(next)) for (const one of next) open.push(one);
    else if (typeof next === 'object' && next !== null)
      for (const [name, one] of Object.entries(next)) {
        size += name.length;
        open.push(one);
      }
  }
  return size;
}
