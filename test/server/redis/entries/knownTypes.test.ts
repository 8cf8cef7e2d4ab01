import { expect, test } from 'vitest';
import { KnownTypes } from '../../../../src/server/redis/entries/knownTypes';

test('a new type makes another set, by which a page that is kept is made anew, and a known one does not', () => {
  const types = new KnownTypes(['resync']);
  const before = types.all;
  types.add('resync');
  types.add(undefined);
  expect(types.all).toBe(before);
  types.add('order');
  expect(types.all).not.toBe(before);
  expect([...types.all]).toEqual(['resync', 'order']);
});

test('a hundred types of up to 1,000 characters are known, and no more, whatever entries others add', () => {
  const types = new KnownTypes([]);
  types.add('x'.repeat(1001));
  for (let number = 0; number < 150; number += 1) types.add(`${number}`.padEnd(1000, 'x'));
  expect(types.all.size).toBe(100);
  expect(Math.max(...[...types.all].map(({ length }) => length))).toBe(1000);
});
