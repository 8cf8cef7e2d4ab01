/**
 * Returns the text without blanks at its ends. Doesn't use a regular expression: for a megabyte of blanks before a letter
 * that would take quadratic time.
 * @param blanks the characters that are blanks
 */
export function withoutBlanks(text: string, blanks: string): string {
  let [start, end] = [0, text.length];
  while (start < end && blanks.includes(text.charAt(start))) start += 1;
  while (end > start && blanks.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
