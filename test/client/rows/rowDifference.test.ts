// Differences from the row before, which a row of unknown JSON shows.
import { expect, test } from 'vitest';
import { differenceOf, isComparable } from '../../../src/client/rows/rowDifference';

const difference = (before: unknown, after: unknown) => differenceOf(JSON.stringify(before), JSON.stringify(after));

test('keys whose values are the same as in the row before are left out', () => {
  expect(difference({ id: 'a', seq: 1, open: true }, { id: 'a', seq: 2, open: true })).toBe('… seq: 2');
  expect(difference({ id: 'a', seq: 1, text: 'x' }, { id: 'a', seq: 2, text: 'y' })).toBe('… seq: 2, text: "y"');
});

test('of nested objects and of arrays of the same length, the members that differ are shown with their paths', () => {
  const chunk = (content: string) => ({ id: 'a', choices: [{ index: 0, delta: { content }, 'finish reason': null }] });
  expect(difference(chunk('x'), chunk('y'))).toBe('… choices[0].delta.content: "y"');
  expect(difference({ a: 1, b: { 'c d': 1, e: 2 } }, { a: 1, b: { 'c d': 2, e: 2 } })).toBe('… b."c d": 2');
});

test('an array that has grown is shown whole, with what else differs', () => {
  expect(difference({ a: 1, b: [1], c: 2 }, { a: 1, b: [1, 2], c: 3 })).toBe('… b: [1,2], c: 3');
});

test('new keys are shown, and keys that have gone with a minus sign', () => {
  expect(difference({ a: 1, b: 2, c: 3 }, { a: 1, c: 3, d: 4 })).toBe('… d: 4, −b');
});

test('nothing is left to show of a row that is the same as the one before, even if written in another order', () => {
  expect(difference({ a: 1 }, { a: 1 })).toBe('');
  expect(difference({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe('');
});

test('rows with less than half of their keys in common, or without an equal value, are not compared', () => {
  expect(difference({ type: 'a', x: 1, y: 2 }, { type: 'a', z: 1, w: 2 })).toBeUndefined();
  expect(difference({ a: 1, b: 1 }, { a: 2, b: 2 })).toBeUndefined();
});

test('values are shown as they were sent: numbers with all their digits, keys named twice, line breaks as spaces', () => {
  expect(differenceOf('{"a":1,"n":1}', '{"a":1,"n":12345678901234567890}')).toBe('… n: 12345678901234567890');
  expect(differenceOf('{"a":1,"o":[]}', '{"a":1,"o":[ 1,\n 2 ]}')).toBe('… o: [ 1, 2 ]');
  expect(differenceOf('{"a":1,"__proto__":1}', '{"a":1,"__proto__":2}')).toBe('… __proto__: 2');
});

test('a value that begins as the one before did is not taken for the same', () => {
  expect(difference({ a: 0, n: 12 }, { a: 0, n: 1 })).toBe('… n: 1');
  expect(difference({ a: 0, n: 1 }, { a: 0, n: 12 })).toBe('… n: 12');
});

test('only objects of at most 8 KB of valid JSON are compared', () => {
  const sized = (size: number) => `{"a":"${'x'.repeat(size - 8)}"}`;
  expect(isComparable(sized(8192))).toBe(true);
  expect(isComparable(sized(8193))).toBe(false);
  for (const text of ['[1]', '1', '{"a":1', '{"a":1}}', '']) expect(isComparable(text)).toBe(false);
});

test('a difference is bounded: values at 120 characters, all together at about 400, members at 60, depth at 6', () => {
  expect(difference({ a: 1, b: '' }, { a: 1, b: 'x'.repeat(500) })).toBe(`… b: "${'x'.repeat(119)}…`);
  const many = (value: string) =>
    Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`k${at}`, at > 0 && value]));
  const text = difference(many('a'.repeat(100)), many('b'.repeat(100))) ?? '';
  expect(text.length).toBeLessThan(600);
  expect(text.endsWith(', …')).toBe(true);
  expect(difference({ ...many('a'), more: 1 }, { ...many('b'), more: 1 })).toBeUndefined();
  const deep = (value: number, levels: number): object =>
    levels === 0 ? { a: 1, value } : { a: 1, d: deep(value, levels - 1) };
  expect(difference(deep(1, 5), deep(2, 5))).toBe('… d.d.d.d.d.value: 2');
  expect(difference(deep(1, 6), deep(2, 6))).toBe('… d.d.d.d.d.d: {"a":1,"value":2}');
});

test('keys in an order of their own cost a bounded number of comparisons', () => {
  const keys = Array.from({ length: 60 }, (_, at) => `key${at}`);
  const object = (names: string[], value: number) => Object.fromEntries(names.map((name) => [name, value]));
  expect(() => difference(object(keys, 1), object(keys.toReversed(), 1))).not.toThrow();
});
