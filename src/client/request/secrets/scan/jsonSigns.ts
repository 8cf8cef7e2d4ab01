// Signs of JSON and its like: where strings, words, comments and brackets end. Each takes what is broken.
import { LINE_ENDS } from './signs';

/** Whether a string begins there; an apostrophe in a word is none. */
export function isQuote(text: string, at: number): boolean {
  return text[at] === '"' || (text[at] === "'" && !/\w/.test(text.charAt(at - 1)));
}

export function skipSpaceBack(text: string, from: number): number {
  let at = from;
  while (at >= 0 && /\s/.test(text.charAt(at))) at -= 1;
  return at;
}

/** Returns where the string that begins there is closed; the text's end where it isn't. Two single quotes are one in it, in YAML. */
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

/** The two slashes of an address are none. */
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

/** Also skips comments. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
    if (!isComment(text, at)) return at;
    at = commentEnd(text, at);
  }
}

/** Returns a name without its escapes. */
export function decodedName(written: string): string {
  if (!written.includes('\\')) return written;
  return written
    .replace(/\\u([\da-f]{4})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\(.)/g, '$1');
}
