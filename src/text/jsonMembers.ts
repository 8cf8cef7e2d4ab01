// The members of JSON, found in its text without parsing their values.

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [ARRAY, ARRAY_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Offsets of the members of an object or array, in the order of the text, including members with the same key. */
export interface JsonMembers {
  /** Offset of each key; empty for an array. */
  keys: number[];
  /** Offset of each value. */
  values: number[];
}

/** Whether the value at that offset is an object or an array. @param text JSON */
export function isNested(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === ARRAY || code === OBJECT;
}

/**
 * Finds the members of the object or array at that offset. Scans the text instead of parsing it, because JSON.parse moves
 * numeric keys to the front, drops duplicates, and changes numbers such as 12345678901234567890.
 * @param text JSON
 */
export function membersOf(text: string, at: number): JsonMembers {
  const members: JsonMembers = { keys: [], values: [] };
  const hasKeys = text.charCodeAt(at) === OBJECT;
  let place = skipSpace(text, at + 1);
  while (place < text.length && text.charCodeAt(place) !== ARRAY_END && text.charCodeAt(place) !== OBJECT_END) {
    if (hasKeys) {
      members.keys.push(place);
      place = skipSpace(text, skipString(text, place));
      if (text.charCodeAt(place) === COLON) place = skipSpace(text, place + 1);
    }
    members.values.push(place);
    place = skipSpace(text, endOfValue(text, place));
    if (text.charCodeAt(place) === COMMA) place = skipSpace(text, place + 1);
  }
  return members;
}

/** Returns the offset after the value. Not recursive, so that deep nesting can't overflow the stack. @param text JSON */
export function endOfValue(text: string, at: number): number {
  if (text.charCodeAt(at) === QUOTE) return skipString(text, at);
  if (!isNested(text, at)) return endOfWord(text, at);
  let depth = 0;
  for (let place = at; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    if (code === QUOTE) place = skipString(text, place) - 1;
    else if (code === ARRAY || code === OBJECT) depth += 1;
    else if (code === ARRAY_END || code === OBJECT_END) depth -= 1;
    if (depth === 0) return place + 1;
  }
  return text.length;
}

/** Returns the value as it is written. @param text JSON */
export function sourceAt(text: string, at: number): string {
  return text.slice(at, endOfValue(text, at));
}

/** Returns the string, or the key, at that offset. @param text JSON */
export function stringAt(text: string, at: number): string {
  const source = sourceAt(text, at);
  // JSON.parse looks each one up, which takes long for thousands of digits: see `numericStrings.ts`.
  return source.includes('\\') ? String(JSON.parse(source)) : source.slice(1, -1);
}

/** Returns the offset after a number, true, false or null. */
function endOfWord(text: string, at: number): number {
  let place = at;
  while (place < text.length && !isSpace(text.charCodeAt(place)) && !isPunctuation(text.charCodeAt(place))) place += 1;
  return Math.max(place, at + 1);
}

/** Returns the offset after the string's closing quote, which has an even number of backslashes before it. @param at of its opening quote */
export function skipString(text: string, at: number): number {
  for (let quote = text.indexOf('"', at + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let before = quote - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((quote - before) % 2 === 1) return quote + 1;
  }
  return text.length;
}

/** Returns the offset of the first character that is no white space. */
export function skipSpace(text: string, at: number): number {
  let place = at;
  while (isSpace(text.charCodeAt(place))) place += 1;
  return place;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function isPunctuation(code: number): boolean {
  return code === COMMA || code === ARRAY_END || code === OBJECT_END;
}
