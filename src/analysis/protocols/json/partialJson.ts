import type { Json } from './json';
import { parseJson } from './parseJson';

/** Returns the value of arguments that may go on: no number or word, as more of it may come; undefined if it isn't whole. */
export function wholeValue(text: string): Json | undefined {
  const [first, last] = [/^\s*([[{])/.exec(text)?.[1], /([\]}])\s*$/.exec(text.slice(-100))?.[1]];
  if (first === undefined || last === undefined) return undefined;
  return parseJson(text);
}

/** Returns the value of arguments that are over; nothing at all means no arguments, and undefined that they don't parse. */
export function finalValue(text: string): Json | undefined {
  return text.trim() === '' ? {} : parseJson(text);
}
