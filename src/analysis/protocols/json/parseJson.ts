import { skipString } from '../../../text/jsonMembers';
import { isJson } from '../../../text/jsonSyntax';
import { withoutNumeric } from '../../../text/numericStrings';
import type { Json } from './json';

/** Maximum depth of nesting: what writes values down again, such as JSON.stringify, calls itself. */
const MAX_DEPTH = 500;
/**
 * Maximum cost of a text: 1 for a comma; 10 for an object, an array or a member, which take a microsecond each where all names
 * differ (a text of 16 MB took 1.5 s), and for a number that V8 reads and writes as slowly.
 */
const [MAX_COST, SLOW] = [1_500_000, 10];
/** Number of digits up to which a number without an exponent is read and written fast. */
const FEW_DIGITS = 15;
const [QUOTE, ARRAY, ARRAY_END, OBJECT, OBJECT_END] = [0x22, 0x5b, 0x5d, 0x7b, 0x7d];
const [COMMA, COLON] = [0x2c, 0x3a];
const [ZERO, NINE, DOT, E] = [0x30, 0x39, 0x2e, 0x65];

/** Number of short texts whose syntax is looked at first, behind one that wasn't JSON. */
const DOUBTED = 1000;
/** Number of them that are left. (V8 takes longer to make an error than to parse a kilobyte; to look costs as much as to parse.) */
let doubtful = 0;

/**
 * Returns the value of JSON text; undefined if it isn't JSON, is nested more than 500 deep, or would take long to read: that has
 * more than 150,000 objects, arrays, members, and numbers of many digits or with an exponent, or 1,500,000 commas.
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

/** Whether text may be parsed. A short one can't be deep, as each level takes two characters. */
function mayParse(text: string): boolean {
  if (text.length >= 2 * MAX_DEPTH) return costOf(text) <= MAX_COST;
  if (doubtful === 0) return true;
  doubtful -= 1;
  return isJson(text);
}

/** Returns what it costs to parse a text, as `MAX_COST` says; infinity if it isn't parsed. */
export function costOf(text: string): number {
  let [depth, cost] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = skipString(text, at) - 1;
    else if (code === COMMA) cost += 1;
    else if (code === COLON) cost += SLOW;
    else if (code >= ZERO && code <= NINE) {
      const end = digitsEnd(text, at);
      if (end - at > FEW_DIGITS || (text.charCodeAt(end) | 0x20) === E) cost += SLOW;
      at = end - 1;
    } else if (code === ARRAY || code === OBJECT) {
      depth += 1;
      cost += SLOW;
      if (depth > MAX_DEPTH) return Number.POSITIVE_INFINITY;
    } else if (code === ARRAY_END || code === OBJECT_END) depth -= 1;
    if (cost > MAX_COST) return Number.POSITIVE_INFINITY;
  }
  return cost;
}

/** Returns the offset after digits and a decimal point. */
function digitsEnd(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); (code >= ZERO && code <= NINE) || code === DOT; code = text.charCodeAt(at))
    at += 1;
  return at;
}
