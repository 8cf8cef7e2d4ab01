import { expect, test } from 'vitest';
import { endOfValue, isNested, membersOf } from '../../../../src/text/jsonMembers';
import { isJsonTree, openAtFirst } from '../../../../src/webview/inspector/events/jsonText';
import { fuzz } from '../../../support/random/fuzz';

/** Builds the value at that offset from the scanner's result: of two members with the same key, the later one counts. */
function valueAt(text: string, at: number): unknown {
  if (!isNested(text, at)) return JSON.parse(text.slice(at, endOfValue(text, at)));
  const { keys, values } = membersOf(text, at);
  if (text[at] === '[') return values.map((place) => valueAt(text, place));
  const entries = keys.map((key, index) => [
    JSON.parse(text.slice(key, endOfValue(text, key))),
    valueAt(text, values[index] ?? -1),
  ]);
  return Object.fromEntries(entries);
}

const STRINGS = [
  '',
  'a',
  '"',
  '\\',
  '\\"',
  '{',
  '}',
  '[1,2]',
  ',',
  ':',
  '\n',
  '\u2028',
  '\ud83d\ude00',
  '\ud800',
  ' ',
  '7',
];
const SPACES = ['', '', '', ' ', '\n', '\t\r\n '];

function randomJson(next: () => number, depth: number): string {
  const pick = <T>(list: T[]) => list[Math.floor(next() * list.length)] as T;
  const space = () => pick(SPACES);
  const string = () => JSON.stringify(pick(STRINGS) + pick(STRINGS)).replace(/a/g, () => pick(['a', '\\u0061']));
  const many = (one: () => string) => Array.from({ length: Math.floor(next() * 4) }, one).join(',');
  const value = (): string => {
    const kind = next();
    const inner = () => space() + randomJson(next, depth - 1) + space();
    if (depth > 0 && kind < 0.3) return `[${many(inner)}${space()}]`;
    if (depth > 0 && kind < 0.6) return `{${many(() => `${space()}${string()}${space()}:${inner()}`)}${space()}}`;
    return kind < 0.8 ? string() : pick(['0', '-1.5e+7', '12', 'true', 'false', 'null', '0.25E-3']);
  };
  return value();
}

test('random JSON texts are read like JSON.parse does', async () => {
  let trees = 0;
  const { runs, areMany } = await fuzz(1000, (random) => {
    const text = randomJson(random, 5);
    if (isJsonTree(text)) trees += 1;
    expect(valueAt(text, 0)).toEqual(JSON.parse(text));
    expect(endOfValue(text, 0)).toBe(text.length);
  });
  if (areMany) expect(trees).toBeGreaterThan(0.4 * runs);
});

test('members are in the order in which they were sent, including those with the same key', () => {
  const text = '{"b": 1, "2": 2, "1": 3, "b": 12345678901234567890}';
  const { keys, values } = membersOf(text, 0);
  const slice = (at: number) => text.slice(at, endOfValue(text, at));
  expect(keys.map(slice)).toEqual(['"b"', '"2"', '"1"', '"b"']);
  expect(values.map(slice)).toEqual(['1', '2', '3', '12345678901234567890']);
});

test('a text that is no object or array, or no JSON, is no tree', () => {
  for (const text of ['', '1', '"{}"', '[1,]', '{a:1}', '[1] 2', '\u00a0[]']) expect(isJsonTree(text)).toBe(false);
  for (const text of ['[]', ' \n{}', '[1e999]']) expect(isJsonTree(text)).toBe(true);
});

const LIMITS = { levels: 5, members: 100, budget: 300 };

/** Returns the start of each object and array that is open at first. */
function openOf(text: string, limits = LIMITS): string[] {
  return [...openAtFirst(text, [0], limits)].map((place) => text.slice(place, place + 4));
}

test('objects and arrays are open at first, level by level, to the maximum depth', () => {
  expect(openOf('[[["a",[1]]],{"b":[2]},[]]', { ...LIMITS, levels: 2 })).toEqual(['[[["', '[["a', '{"b"', '[]]']);
  expect(openOf('[[[[[[[1]]]]]]]')).toHaveLength(5);
  expect(openOf('[1]', { ...LIMITS, levels: 0 })).toEqual([]);
  expect(openOf('[1]')).toEqual(['[1]']);
});

test('an object or array with too many members is not open, though others next to it are', () => {
  const list = (length: number) => JSON.stringify(Array.from({ length }, () => 1));
  expect(openAtFirst(list(100), [0], LIMITS).size).toBe(1);
  expect(openAtFirst(list(101), [0], LIMITS).size).toBe(0);
  expect(openAtFirst(`[${list(101)},${list(2)}]`, [0], LIMITS)).toEqual(new Set([0, list(101).length + 2]));
});

test('the number of members open at first is limited by the budget, however they are nested', () => {
  const array = `[${Array.from({ length: 99 }, () => '[[[1]]]').join()}]`;
  const text = `[${Array.from({ length: 12 }, () => array).join()}]`;
  const open = openAtFirst(text, [0], LIMITS);
  const members = [...open].reduce((sum, place) => sum + membersOf(text, place).values.length, 0);
  expect(members).toBe(12 + 2 * 99);
  expect(openAtFirst('[[1,2],[3,4]]', [0], { ...LIMITS, budget: 6 }).size).toBe(3);
  expect(openAtFirst('[[1,2],[3,4]]', [0], { ...LIMITS, budget: 5 }).size).toBe(2);
  expect(openAtFirst('[[1,2],[3,4]]', [0], { ...LIMITS, budget: 1 }).size).toBe(0);
});
