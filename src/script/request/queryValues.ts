/** The values of a query, by their names, in order. */
export type QueryValues = ReadonlyMap<string, readonly string[]>;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Decodes a query as a form (URL §5.1): `+` is a blank, and `%` with two hexadecimal digits is a byte of UTF-8. Malformed
 * encoding stays as it is, or becomes U+FFFD.
 * @param query without its `?`, as Node returns it: a character that isn't ASCII is a byte of UTF-8
 */
export function readQuery(query: string): QueryValues {
  const values = new Map<string, string[]>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decoded(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? '' : decoded(pair.slice(equals + 1));
    const others = values.get(name);
    if (others) others.push(value);
    else values.set(name, [value]);
  }
  return values;
}

function decoded(text: string): string {
  return text.replaceAll('+', ' ').replace(/(?:%[\da-f]{2}|[\x80-\xff])+/gi, (run) => {
    const bytes = run.match(/%..|[^%]/g) ?? [];
    return decoder.decode(Uint8Array.from(bytes, byteOf));
  });
}

function byteOf(text: string): number {
  return text.length > 1 ? Number.parseInt(text.slice(1), 16) : text.charCodeAt(0);
}
