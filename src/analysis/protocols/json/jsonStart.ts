import type { Json } from './json';

/** Length of what is written, in UTF-16 code units: a row shows less. */
const MAX_LENGTH = 200;

/** Returns the beginning of a value's JSON, of 200 characters at least where there are as many: all of it may take 100 ms. */
export function jsonStart(value: Json, most = MAX_LENGTH): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, most));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let text = '';
  for (const name of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    if (text.length >= most) return `${Array.isArray(value) ? '[' : '{'}${text}`;
    if (text !== '') text += ',';
    if (typeof name === 'string') text += `${JSON.stringify(name.slice(0, most))}:`;
    text += jsonStart((value as Record<PropertyKey, Json>)[name] ?? null, Math.max(0, most - text.length));
  }
  return Array.isArray(value) ? `[${text}]` : `{${text}}`;
}
