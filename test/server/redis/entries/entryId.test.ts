import { expect, test } from 'vitest';
import { compareIds, readEntryId } from '../../../../src/server/redis/entries/entryId';

test('ids compare as two numbers, not as text', () => {
  const sorted = ['0-0', '9-10', '10-2', '10-10', '100-0', '18446744073709551614-1', '18446744073709551615-0'];
  for (const [index, id] of sorted.entries())
    for (const [other, second] of sorted.entries())
      expect(Math.sign(compareIds(id, second))).toBe(Math.sign(index - other));
});

test.each([
  ['1692632086370-0', '1692632086370-0'],
  ['007-00', '7-0'],
  ['18446744073709551615-18446744073709551615', '18446744073709551615-18446744073709551615'],
  ['18446744073709551616-0', undefined],
  ['000000000000000000000-0', undefined],
  ['1', undefined],
  ['1-', undefined],
  ['1-2-3', undefined],
  ['1-0\n', undefined],
  ['-', undefined],
  ['+', undefined],
  ['', undefined],
])('the id %j of a client is read as %j', (text, id) => {
  expect(readEntryId(text)).toBe(id);
});
