import type { Json } from './json';
import { MAX_DEPTH } from './parseCost';
import { parseJson } from './parseJson';

/** A word or a number; the last one of a text may go on. */
const WORD = /[^\s,:[\]{}"]+/y;
/** A string's end, and the half of an escape that a text may end in. */
const [STRING, HALF_ESCAPE] = [/"(?:[^"\\]|\\.)*"/sy, /(?<!\\)((?:\\\\)*)\\(?:u[\da-f]{0,3})?$/i];

/**
 * Returns the value of a JSON object or array that isn't whole yet, as far as it is certain: open strings, objects and arrays
 * are closed, and a name without a value, or a number that may go on, is left out. Undefined if it is no JSON.
 */
export function closedJson(text: string): Json | undefined {
  const open: string[] = [];
  let [end, isName] = [0, false];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === '"') {
      const stop = endOf(STRING, text, at);
      if (stop === undefined && isName) break;
      if (stop === undefined) return parseJson(`${text.replace(HALF_ESCAPE, '$1')}"${closing(open)}`);
      if (!isName) end = stop;
      at = stop - 1;
    } else if (sign === '{' || sign === '[') {
      // It would be closed and looked through in vain.
      if (open.push(sign === '{' ? '}' : ']') > MAX_DEPTH) return undefined;
      [end, isName] = [at + 1, sign === '{'];
    } else if (sign === '}' || sign === ']') {
      open.pop();
      [end, isName] = [at + 1, false];
    } else if (sign === ',') isName = open.at(-1) === '}';
    else if (sign === ':') isName = false;
    else if (!/\s/.test(sign)) {
      const stop = endOf(WORD, text, at) ?? text.length;
      if (stop < text.length) end = stop;
      at = stop - 1;
    }
  }
  return end === 0 ? undefined : parseJson(text.slice(0, end) + closing(open));
}

/** Returns the index behind a match that begins at the given one; undefined if there is none. */
function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function closing(open: readonly string[]): string {
  return [...open].reverse().join('');
}
