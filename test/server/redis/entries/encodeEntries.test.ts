// Entries of a reply, which come together and are encoded one by one.
import { expect, test } from 'vitest';
import { encodeEntries } from '../../../../src/server/redis/entries/encodeEntries';
import { encodeEntry } from '../../../../src/server/redis/entries/entry';

const entries = Array.from({ length: 30 }, (_, index) => ({
  id: `${index + 1}-0`,
  fields: ['data', '\n'.repeat(200_000)],
}));

test('timers and sockets have their turns while entries of many line ends are encoded, which keep their order', async () => {
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const encoded = await encodeEntries(entries);
  isOver = true;
  expect(encoded).toEqual(entries.map(encodeEntry));
  expect(turns).toBeGreaterThan(5);
});

test('no entries, and small ones, are encoded at once', async () => {
  expect(await encodeEntries([])).toEqual([]);
  expect(await encodeEntries([{ id: '1-0', fields: ['data', 'a'] }])).toHaveLength(1);
});
