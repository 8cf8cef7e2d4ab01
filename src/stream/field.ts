/** The names of all fields (WHATWG HTML §9.2.6). */
export const FIELD_NAMES: readonly string[] = ['data', 'event', 'id', 'retry'];

/** Splits a line that is neither blank nor a comment into the field's name and value (WHATWG HTML §9.2.6). */
export function readField(line: string): { name: string; value: string } {
  const colon = line.indexOf(':');
  if (colon < 0) return { name: line, value: '' };
  return { name: line.slice(0, colon), value: line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1) };
}
