// JSON that is parsed: how much of it at most.
import { expect, test } from 'vitest';
import { parseJson } from '../../../../src/analysis/protocols/json/parseJson';

const list = (value: string, count: number) => `[${Array.from({ length: count }, () => value).join()}]`;

test('150,000 objects, arrays and members are read, and no more', () => {
  // Each is 10, each comma 1; the list itself is one of them.
  expect(parseJson(list('{}', 136_362))).toHaveLength(136_362);
  expect(parseJson(list('{}', 136_363))).toBeUndefined();
  expect(parseJson(list('{"a":0}', 71_428))).toHaveLength(71_428);
  expect(parseJson(list('{"a":0}', 71_429))).toBeUndefined();
  expect(parseJson(list('0', 1_499_991))).toHaveLength(1_499_991);
  expect(parseJson(list('0', 1_499_992))).toBeUndefined();
});

test('signs in strings count for nothing', () => {
  expect(parseJson(JSON.stringify({ a: '[{:,"\\'.repeat(1_000_000) }))).toBeDefined();
});

test('500 levels are read, and no more', () => {
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  expect(parseJson(deep(500))).toBeDefined();
  expect(parseJson(deep(501))).toBeUndefined();
});
