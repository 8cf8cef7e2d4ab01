import { isJson } from '../../../text/jsonSyntax';
import { withoutNumeric } from '../../../text/numericStrings';
import type { Json } from './json';
import { costOf, MAX_DEPTH } from './parseCost';

/** Number of short texts whose syntax is looked at first, behind one that wasn't JSON. */
const DOUBTED = 1000;
/** Number of them that are left. (V8 takes longer to make an error than to parse a kilobyte; to look costs as much as to parse.) */
let doubtful = 0;

/**
 * Returns the value of JSON text; undefined if it isn't JSON, is nested more than 500 deep, or would take V8 more than some 20 ms:
 * a text of 3.6 million characters, or of 1 MB with ordinary objects.
 */
export function parseJson(text: string): Json | undefined {
  if (!mayParse(text)) return undefined;
  try {
    return JSON.parse(withoutNumeric(text));
  } catch {
    doubtful = DOUBTED;
    return undefined;
  }
}

/** Whether a text is looked at: it is neither too deep nor too costly. A short one can't be, as each level takes two characters. */
export function isParsed(text: string): boolean {
  return text.length < 2 * MAX_DEPTH || costOf(text) < Number.POSITIVE_INFINITY;
}

function mayParse(text: string): boolean {
  if (text.length >= 2 * MAX_DEPTH) return isParsed(text);
  if (doubtful === 0) return true;
  doubtful -= 1;
  return isJson(text);
}
