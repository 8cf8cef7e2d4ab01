// Finds the ends of strings, words, comments and brackets in JSON and its like. All functions tolerate broken text.
import { LINE_ENDS } from './signs';

/** Whether a string begins there; an apostrophe within a word doesn't count. */
export function isQuote(text: string, at: number): boolean {
  return text[at] === '"' || (text[at] === "'" && !/\w/.test(text.charAt(at - 1)));
}

export function skipSpaceBack(text: string, from: number): number {
  let at = from;
  while (at >= 0 && /\s/.test(text.charAt(at))) at -= 1;
  return at;
}

/**
 * Returns the index of the closing quote of the string that begins there; the end of the text if it isn't closed. In YAML,
 * two single quotes are an escaped one.
 */
export function stringEnd(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at += 1) {
    const isDoubled = quote === "'" && text[at] === quote && text[at + 1] === quote;
    if (text[at] === quote && !isDoubled) return at;
    if (text[at] === '\\' || isDoubled) at += 1;
  }
  return text.length;
}

export function wordEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && /[\w$.-]/.test(text.charAt(at))) at += 1;
  return at;
}

export function bracketEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (isQuote(text, at)) at = stringEnd(text, at);
    else if (sign === '[' || sign === '{') depth += 1;
    else if (sign === ']' || sign === '}') depth -= 1;
    if (depth === 0) return Math.min(at + 1, text.length);
  }
  return text.length;
}

/** Whether a comment begins there; the two slashes of a URL don't count. */
export function isComment(text: string, at: number): boolean {
  return text[at] === '/' && (text[at + 1] === '*' || (text[at + 1] === '/' && text[at - 1] !== ':'));
}

export function commentEnd(text: string, at: number): number {
  return text[at + 1] === '*' ? Math.min(closedAt(text, '*/', at + 2) + 2, text.length) : LINE_ENDS.next(text, at);
}

export function closedAt(text: string, sign: string, from: number): number {
  const found = text.indexOf(sign, from);
  return found < 0 ? text.length : found;
}

/** Skips blanks and comments. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
    if (!isComment(text, at)) return at;
    at = commentEnd(text, at);
  }
}

/** Returns a name with its escapes decoded. */
export function decodedName(written: string): string {
  if (!written.includes('\\')) return written;
  return written
    .replace(/\\u([\da-f]{4})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\(.)/g, '$1');
}
