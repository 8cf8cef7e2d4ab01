/** Maximum length of a text that is parsed as JSON, in UTF-16 code units: parsing more takes longer than 10 ms. */
const MAX_PARSED = 64 * 1024;
/**
 * Matches the start of the name `$schema`, however it is written: the dollar sign is followed by a letter of the name or by
 * an escape, even one that JSON doesn't define, which VS Code drops.
 */
const SCHEMA = /(?:\$|\\u0024)(?:sc|s?\\)/;

/** Whether an editor can show the text as JSON without requesting a schema. A long text only has to look like JSON. */
export function isHarmlessJson(text: string): boolean {
  if (text.length > MAX_PARSED) return looksLikeJson(text) && !SCHEMA.test(text);
  try {
    // Numeric strings are removed: V8 gives many of them the same hash (see `isJson`), and they aren't relevant names.
    const value: unknown = JSON.parse(text.replace(/"\d{1,9}"/g, '""'));
    return typeof value !== 'object' || value === null || !Object.hasOwn(value, '$schema');
  } catch {
    // Not JSON, which is no error.
    return false;
  }
}

/** Whether the text starts and ends like an object or an array. */
export function looksLikeJson(text: string): boolean {
  return ['{}', '[]'].includes(text.trimStart().charAt(0) + text.trimEnd().slice(-1));
}
