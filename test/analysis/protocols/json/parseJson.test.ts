// JSON that is parsed: how much of it at most.
import { expect, test } from 'vitest';
import type { Json } from '../../../../src/analysis/protocols/json/json';
import { parseJson } from '../../../../src/analysis/protocols/json/parseJson';

const list = (value: string, count: number) => `[${Array.from({ length: count }, () => value).join()}]`;
const listOf = (count: number, make: (index: number) => Json) =>
  JSON.stringify(Array.from({ length: count }, (_, index) => make(index)));

test('a text is read up to 3.6 million characters', () => {
  expect(parseJson(`"${'a'.repeat(3_599_900)}"`)).toHaveLength(3_599_900);
  expect(parseJson(`"${'a'.repeat(3_600_000)}"`)).toBeUndefined();
});

test('elements are read up to a number of them, which is less where each costs more', () => {
  const most = { '0': 449_000, '{}': 149_000, '{"a":0}': 94_000, '69e267': 116_000 };
  for (const [value, count] of Object.entries(most)) {
    expect(parseJson(list(value, count)), value).toHaveLength(count);
    expect(parseJson(list(value, count + 1000)), value).toBeUndefined();
  }
});

test('a megabyte of ordinary objects is read', () => {
  const one = (id: number) => ({
    id,
    name: `user ${id}`,
    email: `user${id}@example.com`,
    active: id % 3 > 0,
    score: id / 2,
    tags: ['a', 'b'],
    owner: { role: 'admin', since: '2026-11-27T12:00:00Z' },
  });
  const text = listOf(7000, one);
  expect(text.length).toBeGreaterThan(1_000_000);
  expect(parseJson(text)).toHaveLength(7000);
});

test('of objects that all have other names, and of short strings that are all others, fewer are read', () => {
  const name = (index: number) => `name${index}`;
  expect(parseJson(listOf(17_000, (index) => ({ [name(index)]: 0 })))).toBeDefined();
  expect(parseJson(listOf(22_000, (index) => ({ [name(index)]: 0 })))).toBeUndefined();
  expect(parseJson(listOf(40_000, name))).toBeDefined();
  expect(parseJson(listOf(55_000, name))).toBeUndefined();
  expect(parseJson(listOf(55_000, () => 'name'))).toBeDefined();
});

test('objects of few names, but each in another order, count as others, however often they have come', () => {
  const ordered = (count: number, orders: number) =>
    listOf(count, (index) => {
      const order = index % orders;
      return { [`a${order % 50}`]: 0, [`b${Math.floor(order / 50) % 50}`]: 0, [`c${Math.floor(order / 2500)}`]: 0 };
    });
  expect(parseJson(ordered(25_000, 25))).toBeDefined();
  for (let come = 0; come < 2; come += 1) expect(parseJson(ordered(25_000, 25_000))).toBeUndefined();
});

test('signs in strings count for nothing', () => {
  expect(parseJson(JSON.stringify({ a: '[{:,"\\'.repeat(300_000) }))).toBeDefined();
});

test('500 levels are read, and no more', () => {
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  expect(parseJson(deep(500))).toBeDefined();
  expect(parseJson(deep(501))).toBeUndefined();
});
