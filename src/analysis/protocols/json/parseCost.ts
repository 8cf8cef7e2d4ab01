import { skipString } from '../../../text/jsonMembers';
import { SeenStrings } from './seenStrings';

/** Maximum cost of a text that is parsed, each about 20 ns of ours and V8's. */
export const MAX_COST = 1_200_000;
/** Maximum depth of nesting: what writes values down again, such as JSON.stringify, calls itself. */
export const MAX_DEPTH = 500;
/** Number of characters that cost 1, whatever they are. */
const CHARACTERS = 3;
/** Costs of an element, an object or array, and a number that V8 reads and writes slowly. */
const [ELEMENT, NESTED, SLOW] = [2, 5, 6];
/** Costs of a string: one that is short and hasn't come before, or another; and of a name that makes an object of a new shape. */
const [NEW_STRING, STRING, NEW_NAME] = [20, 3, 50];
/** Length of a string, with its quotes, from which V8 doesn't look it up. */
const LONG = 13;
/** Number of digits up to which a number without an exponent is read and written fast. */
const FEW_DIGITS = 15;
const [SPACE, QUOTE, ARRAY, ARRAY_END, OBJECT, OBJECT_END] = [0x20, 0x22, 0x5b, 0x5d, 0x7b, 0x7d];
const [COMMA, COLON] = [0x2c, 0x3a];
const [ZERO, NINE, DOT, E] = [0x30, 0x39, 0x2e, 0x65];

const seen = new SeenStrings();
/** Shapes of the open objects, the outermost first; `LIST` for an array. */
const shapes: number[] = [];
const LIST = -1;

/**
 * Returns what it costs to parse a text; infinity if it costs more than `MAX_COST`, or is nested deeper than `MAX_DEPTH`. Objects
 * of the same names in the same order share a shape, and cost little; one of other names takes V8 up to a microsecond a name.
 */
export function costOf(text: string): number {
  let cost = Math.ceil(text.length / CHARACTERS);
  if (cost > MAX_COST) return Number.POSITIVE_INFINITY;
  const empty = seen.begin(text);
  shapes.length = 0;
  let isName = false;
  for (let at = 0; at < text.length && cost <= MAX_COST; at += 1) {
    const code = text.charCodeAt(at);
    if (code <= SPACE) continue;
    if (code === QUOTE) {
      const end = skipString(text, at);
      cost += isName ? nameCost(at, end) : stringCost(at, end);
      at = end - 1;
    } else if (code === COMMA) {
      cost += ELEMENT;
      isName = (shapes.at(-1) ?? LIST) !== LIST;
    } else if (code === COLON) isName = false;
    else if (code >= ZERO && code <= NINE) {
      const end = digitsEnd(text, at);
      if (end - at > FEW_DIGITS || (text.charCodeAt(end) | 0x20) === E) cost += SLOW;
      at = end - 1;
    } else if (code === ARRAY || code === OBJECT) {
      isName = code === OBJECT;
      cost += NESTED;
      if (shapes.push(isName ? empty : LIST) > MAX_DEPTH) return Number.POSITIVE_INFINITY;
    } else if (code === ARRAY_END || code === OBJECT_END) shapes.pop();
  }
  return cost <= MAX_COST ? cost : Number.POSITIVE_INFINITY;
}

/** Returns the cost of the innermost object's next name, which is from that index up to the other. */
function nameCost(at: number, end: number): number {
  shapes.push(seen.note(shapes.pop() ?? LIST, at, end));
  return seen.isNew ? NEW_NAME : STRING;
}

function stringCost(at: number, end: number): number {
  if (end - at >= LONG) return STRING;
  seen.note(seen.strings, at, end);
  return seen.isNew ? NEW_STRING : STRING;
}

/** Returns the offset after digits and a decimal point. */
function digitsEnd(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); (code >= ZERO && code <= NINE) || code === DOT; code = text.charCodeAt(at))
    at += 1;
  return at;
}
