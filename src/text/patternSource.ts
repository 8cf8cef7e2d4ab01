/** Returns the source of a regular expression that matches a text as it stands. */
export function patternSource(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
