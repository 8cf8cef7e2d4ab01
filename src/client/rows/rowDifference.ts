import { endOfValue, isNested, type JsonMembers, membersOf, skipSpace, sourceAt } from '../../text/jsonMembers';
import { isJson } from '../../text/jsonSyntax';

/** Maximum length of data that is compared, in characters: that of an event whose row isn't kept. */
const MAX_DATA = 8 * 1024;
/** Maximum number of members of an object or array that is compared member by member, and nesting depth of such. */
const [MAX_MEMBERS, MAX_DEPTH] = [60, 6];
/** Maximum number of comparisons for a row, of values and of keys. */
const MAX_STEPS = 400;
/** Maximum length of a difference, of a value in it, and of the path before that, in characters. */
const [MAX_LENGTH, MAX_VALUE, MAX_PATH] = [400, 120, 100];
const [COMMA, ARRAY_END, OBJECT_END] = [0x2c, 0x5d, 0x7d];
/** Names that need no quotes. */
const PLAIN = /^"([\w$-]+)"$/;

/** Offsets in the text before and the one after. */
type Places = [before: number, after: number];

/** A comparison in progress. */
interface Comparison {
  before: string;
  after: string;
  parts: string[];
  /** Length of the parts. */
  length: number;
  /** Number of comparisons that are left. */
  steps: number;
  /** Number of values that are the same. */
  same: number;
}

/** Whether a row's data is a JSON object that can be compared with the row before. */
export function isComparable(data: string): boolean {
  return data.length <= MAX_DATA && /^\s*\{/.test(data) && isJson(data);
}

/**
 * Returns what differs from the row before, with the values as they were sent: `… seq: 12, price.bid: 1.09, −note`; empty if
 * nothing does; undefined if the two have too little in common.
 * @param before data of the row before; comparable, as is `after`
 */
export function differenceOf(before: string, after: string): string | undefined {
  if (before === after) return '';
  const comparison = { before, after, parts: [], length: 0, steps: MAX_STEPS, same: 0 };
  const isCompared = compare(comparison, '', [skipSpace(before, 0), skipSpace(after, 0)], 0);
  if (!isCompared || comparison.same === 0) return undefined;
  const { parts, length } = comparison;
  if (parts.length === 0) return '';
  return `… ${parts.join(', ')}${length > MAX_LENGTH ? ', …' : ''}`;
}

/** Notes the members that differ. Returns whether the two objects or arrays could be compared. */
function compare(comparison: Comparison, path: string, places: Places, depth: number): boolean {
  if (depth >= MAX_DEPTH) return false;
  return (
    attempt(comparison, () => compareInOrder(comparison, path, places, depth)) ||
    compareByKey(comparison, path, places, depth)
  );
}

/** Takes back what was noted if the comparison fails. */
function attempt(comparison: Comparison, compare: () => boolean): boolean {
  const { length, same, parts } = comparison;
  const count = parts.length;
  if (compare()) return true;
  parts.length = count;
  Object.assign(comparison, { length, same });
  return false;
}

/**
 * Compares two arrays of the same length, or two objects with the same keys in the same order, as those of a stream most often
 * have: reads the later text once, and the earlier one only where they differ.
 */
function compareInOrder(comparison: Comparison, path: string, [one, other]: Places, depth: number): boolean {
  const { before, after } = comparison;
  const isArray = after[other] === '[';
  let old = skipSpace(before, one + 1);
  let now = skipSpace(after, other + 1);
  for (let index = 0; ; index += 1) {
    if (isEnd(before, old) || isEnd(after, now)) return isEnd(before, old) && isEnd(after, now);
    if (index === MAX_MEMBERS || comparison.steps <= 0) return false;
    const key = now;
    if (!isArray) {
      const length = endOfValue(after, now) - now;
      if (!isSameText(comparison, old, now, length)) return false;
      old = behindColon(before, old + length);
      now = behindColon(after, now + length);
    }
    const length = endOfValue(after, now) - now;
    const isSame = isSameText(comparison, old, now, length) && isBetween(before, old + length);
    const end = isSame ? old + length : endOfValue(before, old);
    if (isSame) comparison.same += 1;
    else noteChanged(comparison, isArray ? `${path}[${index}]` : joined(path, sourceAt(after, key)), [old, now], depth);
    old = behindComma(before, end);
    now = behindComma(after, now + length);
  }
}

/** Compares two objects by their keys. */
function compareByKey(comparison: Comparison, path: string, [one, other]: Places, depth: number): boolean {
  const { before, after } = comparison;
  if (after[other] === '[') return false;
  const [old, now] = [membersOf(before, one), membersOf(after, other)];
  if (Math.max(old.values.length, now.values.length) > MAX_MEMBERS || !isAlike(comparison, old, now)) return false;
  for (const [index, place] of now.values.entries()) {
    if (comparison.steps <= 0) return false;
    const key = sourceAt(after, now.keys[index] ?? 0);
    const partner = old.values[indexOfKey(comparison, old, key, index)];
    if (partner !== undefined && sourceAt(before, partner) === sourceAt(after, place)) comparison.same += 1;
    else noteChanged(comparison, joined(path, key), [partner, place], depth);
  }
  noteGone(comparison, path, old, now);
  return true;
}

/** Whether at least half of an object's keys were there before. Those of another kind of event have nothing to do with it. */
function isAlike(comparison: Comparison, old: JsonMembers, now: JsonMembers): boolean {
  const known = now.keys.filter(
    (at, index) => indexOfKey(comparison, old, sourceAt(comparison.after, at), index) >= 0,
  ).length;
  return 2 * known >= Math.max(old.keys.length, now.keys.length);
}

/** Notes a value that differs, or is new; of two objects or arrays, what differs in them. */
function noteChanged(
  comparison: Comparison,
  name: string,
  [one, other]: [number | undefined, number],
  depth: number,
): void {
  const { before, after, length } = comparison;
  comparison.steps -= 1;
  if (length > MAX_LENGTH) return;
  if (one !== undefined && isNested(after, other) && before[one] === after[other]) {
    const places: Places = [one, other];
    if (attempt(comparison, () => compare(comparison, name, places, depth + 1))) return;
  }
  const value = sourceAt(after, other);
  note(comparison, `${name}: ${value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}…` : value}`);
}

/** Notes the keys that are no longer there. */
function noteGone(comparison: Comparison, path: string, old: JsonMembers, now: JsonMembers): void {
  const kept = new Set(now.keys.map((at) => sourceAt(comparison.after, at)));
  for (const at of old.keys) {
    const key = sourceAt(comparison.before, at);
    if (!kept.has(key)) note(comparison, `−${joined(path, key)}`);
  }
}

function note(comparison: Comparison, part: string): void {
  if (comparison.length > MAX_LENGTH) return;
  const line = part.replace(/\s+/g, ' ');
  comparison.parts.push(line);
  comparison.length += line.length + 2;
}

/** Returns the index of a key, which is most often where it was before; -1 if there is none. */
function indexOfKey(comparison: Comparison, { keys }: JsonMembers, key: string, index: number): number {
  const is = (at: number | undefined) => at !== undefined && comparison.before.startsWith(key, at);
  if (is(keys[index])) return index;
  comparison.steps -= keys.length;
  return comparison.steps < 0 ? -1 : keys.findIndex(is);
}

function joined(path: string, key: string): string {
  const name = PLAIN.exec(key)?.[1] ?? key;
  const whole = path === '' ? name : `${path}.${name}`;
  return whole.length > MAX_PATH ? `…${whole.slice(-MAX_PATH)}` : whole;
}

/** Whether that many characters are the same. */
function isSameText({ before, after }: Comparison, old: number, now: number, length: number): boolean {
  return before.slice(old, old + length) === after.slice(now, now + length);
}

/** Whether an object or array ends there. */
function isEnd(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === OBJECT_END || code === ARRAY_END || Number.isNaN(code);
}

/** Whether a value may have ended before that offset. */
function isBetween(text: string, at: number): boolean {
  return text.charCodeAt(at) === COMMA || isEnd(text, at) || skipSpace(text, at) > at;
}

function behindColon(text: string, at: number): number {
  return skipSpace(text, skipSpace(text, at) + 1);
}

function behindComma(text: string, at: number): number {
  const place = skipSpace(text, at);
  return text.charCodeAt(place) === COMMA ? skipSpace(text, place + 1) : place;
}
