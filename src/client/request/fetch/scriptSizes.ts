import { isRecord } from './scriptChanges';

/** Returns the approximate length of a value as text. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + sizeOf(item) + 1, 0);
  return isRecord(value)
    ? Object.entries(value).reduce((sum, [key, item]) => sum + key.length + sizeOf(item) + 2, 0)
    : String(value).length;
}

/** Returns the number of indents in a value as JSON. @param depth of the value's content */
export function indentsOf(value: unknown, depth: number): number {
  const items = Array.isArray(value) ? value : isRecord(value) ? Object.values(value) : [];
  return items.reduce((sum: number, item) => sum + depth + indentsOf(item, depth + 1), 0);
}
