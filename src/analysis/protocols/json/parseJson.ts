import { skipString } from '../../../text/jsonMembers';
import { withoutNumeric } from '../../../text/numericStrings';
import type { Json } from './json';

/** Maximum depth of nesting: what writes values down again, such as JSON.stringify, calls itself. */
const MAX_DEPTH = 500;
/**
 * Maximum cost of a text: 1 for a comma, 10 for an object, an array or a member, which take a microsecond each where all names
 * differ: a text of 16 MB took 1.5 s.
 */
const [MAX_COST, NESTED] = [1_500_000, 10];
const [QUOTE, ARRAY, ARRAY_END, OBJECT, OBJECT_END] = [0x22, 0x5b, 0x5d, 0x7b, 0x7d];
const [COMMA, COLON] = [0x2c, 0x3a];

/**
 * Returns the value of JSON text; undefined if it isn't JSON, is nested more than 500 deep, or would take long to read: that has
 * more than 150,000 objects, arrays and members, or 1,500,000 commas.
 */
export function parseJson(text: string): Json | undefined {
  if (!mayParse(text)) return undefined;
  try {
    return JSON.parse(withoutNumeric(text));
  } catch {
    return undefined;
  }
}

/** Whether text may be parsed. A short one can't be deep, as each level takes two characters. */
function mayParse(text: string): boolean {
  return text.length < 2 * MAX_DEPTH || costOf(text) <= MAX_COST;
}

/** Returns what it costs to parse a text: 10 for each object, array and member, 1 for a comma; infinity if it isn't parsed. */
export function costOf(text: string): number {
  let [depth, cost] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = skipString(text, at) - 1;
    else if (code === COMMA) cost += 1;
    else if (code === COLON) cost += NESTED;
    else if (code === ARRAY || code === OBJECT) {
      depth += 1;
      cost += NESTED;
      if (depth > MAX_DEPTH) return Number.POSITIVE_INFINITY;
    } else if (code === ARRAY_END || code === OBJECT_END) depth -= 1;
    if (cost > MAX_COST) return Number.POSITIVE_INFINITY;
  }
  return cost;
}
