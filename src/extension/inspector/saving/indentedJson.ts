import { isJson } from '../../../text/jsonSyntax';
import type { Turns } from '../../../turns/turns';
import { looksLikeJson } from './harmlessJson';

/** Maximum length of a text that is checked to be JSON in one go, in UTF-16 code units: more takes longer than 10 ms. */
const MAX_CHECKED = 64 * 1024;
/** Maximum length of the result, in UTF-16 code units: an editor takes no more. */
const MAX_LENGTH = 1024 * 1024;
/** Parts of JSON: space, a string, a bracket or sign, or anything else. */
const PART = /\s+|"[^"\\]*(?:\\[\s\S][^"\\]*)*"|[{}[\],:]|[^\s"{}[\],:]+|"/gy;
/** Signs that may stand behind a value, and those that a value may stand behind, or nothing. */
const [JOINING, JOINED] = [new Set([',', ':', ']', '}']), new Set([',', ':', '[', '{', ''])];
/** Number of parts between two looks at the clock. */
const STEP = 1000;

/**
 * Returns JSON with a line for each member, in turns; undefined if the text isn't JSON, or would become too long. Only space
 * is changed: numbers and members stay as they are, even those that JSON.parse would change or drop.
 */
export async function indentedJson(text: string, turns: Turns): Promise<string | undefined> {
  if (!looksLikeJson(text) || (text.length <= MAX_CHECKED && !isJson(text))) return undefined;
  const open: string[] = [];
  let [result, last, parts] = ['', '', 0];
  for (const [part] of text.matchAll(PART)) {
    parts += 1;
    if (parts % STEP === 0 && turns.isOver) await turns.next();
    if (/^\s/.test(part)) continue;
    const isEnd = part === '}' || part === ']';
    if (part === '"' || (isEnd && open.pop() !== part)) return undefined;
    // Without this, the space between them would go.
    if (!JOINING.has(part) && !JOINED.has(last)) return undefined;
    const isEmpty = isEnd && (last === '{' || last === '[');
    const breaks = (isEnd && !isEmpty) || (!isEnd && (last === '{' || last === '[' || last === ','));
    result += (breaks ? `\n${'  '.repeat(open.length)}` : last === ':' ? ' ' : '') + part;
    if (result.length > MAX_LENGTH) return undefined;
    if (part === '{' || part === '[') open.push(part === '{' ? '}' : ']');
    last = part;
  }
  return open.length === 0 ? result : undefined;
}
