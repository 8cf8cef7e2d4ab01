/** The keys and indexes that lead to a value in a JSON document (RFC 6901); none for the document itself. */
export type JsonPointer = readonly string[];

/** Maximum length of a pointer, in UTF-16 code units. */
const MAX_LENGTH = 500;

/** Parses a pointer, such as `/messages/0/content`; returns undefined if it is malformed, or too long. */
export function readPointer(text: string): JsonPointer | undefined {
  const isValid = text.length <= MAX_LENGTH && (text === '' || text.startsWith('/')) && !/~(?![01])/.test(text);
  if (!isValid) return undefined;
  const keys = text.split('/').slice(1);
  return keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/**
 * Returns the value that a pointer leads to; undefined if there is none. An index of `-1` is that of an array's last
 * element, `-2` that of the one before. Only what the document itself has counts: no property is inherited.
 * @param document parsed JSON; undefined if there is none
 */
export function valueAt(document: unknown, pointer: JsonPointer): unknown {
  let value = document;
  for (const key of pointer) {
    if (Array.isArray(value)) value = /^(?:0|-?[1-9]\d{0,9})$/.test(key) ? value.at(Number(key)) : undefined;
    else if (typeof value === 'object' && value !== null && Object.hasOwn(value, key))
      value = (value as Record<string, unknown>)[key];
    else return undefined;
  }
  return value;
}
