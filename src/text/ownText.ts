/** Maximum length of what V8 copies in any case, in UTF-16 code units: types and ids of most events. */
const SHORT = 12;

/**
 * Returns the beginning of a text as a string of its own, for what is kept: V8 keeps the whole text in memory for a slice of it,
 * and a name that was cut at 100 characters may be that of an event of 16 MB.
 * @param most maximum length, in UTF-16 code units. Default: the whole text, which may be a slice itself
 */
export function ownText(text: string, most = text.length): string {
  const end = Math.min(most, text.length);
  if (end <= SHORT) return text.slice(0, end);
  // V8 joins pieces in a new string, also two of them.
  return [text.slice(0, end >> 1), text.slice(end >> 1, end)].join('');
}
