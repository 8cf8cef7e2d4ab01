import type { Json } from './json';

/** Maximum depth of nesting: what writes values down again, such as JSON.stringify, calls itself. */
const MAX_DEPTH = 500;
/** Length from which numeric strings are counted, and how many of them may be there. */
const [LONG, MAX_NUMERIC] = [64 * 1024, 10_000];
const [QUOTE, BACKSLASH, ARRAY, ARRAY_END, OBJECT, OBJECT_END] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

/** Returns the value of JSON text; undefined if it isn't JSON, is nested more than 500 deep, or would take long to read. */
export function parseJson(text: string): Json | undefined {
  if (!mayParse(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether text may be parsed. A short one can't be deep, as each level takes two characters. */
function mayParse(text: string): boolean {
  if (text.length < 2 * MAX_DEPTH) return true;
  return !isDeep(text) && (text.length < LONG || !hasManyNumeric(text));
}

function isDeep(text: string): boolean {
  let [depth, inString] = [0, false];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (code === ARRAY || code === OBJECT) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (code === ARRAY_END || code === OBJECT_END) depth -= 1;
  }
  return false;
}

/** Whether there are many strings of up to nine digits: V8 looks them up by a hash that many of them may share. */
function hasManyNumeric(text: string): boolean {
  const numeric = /"\d{1,9}"/g;
  for (let count = 0; count <= MAX_NUMERIC; count += 1) if (!numeric.test(text)) return false;
  return true;
}
