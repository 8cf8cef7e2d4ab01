// Entries of a reply, which come together and are encoded one by one.
import { expect, test } from 'vitest';
import { encodeEntries } from '../../../../src/server/redis/entries/encodeEntries';
import { type EncodedEntry, type Entry, encodeEntry } from '../../../../src/server/redis/entries/entry';
import { Turns } from '../../../../src/turns/turns';

const entries = Array.from({ length: 80 }, (_, index) => ({
  id: `${index + 1}-0`,
  fields: ['data', '\n'.repeat(100_000)],
}));

test('timers and sockets have their turns while entries of many line ends are encoded, which keep their order', async () => {
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const encoded = await encodeEntries(entries, new Turns());
  isOver = true;
  // Their elements, one by one, would take minutes.
  const right = encoded.filter((one, index) => isSame(one, encodeEntry(entries[index] as Entry)));
  expect([encoded.length, right.length]).toEqual([entries.length, entries.length]);
  expect(turns).toBeGreaterThan(5);
});

test('no entries, and small ones, are encoded at once', async () => {
  expect(await encodeEntries([], new Turns())).toEqual([]);
  expect(await encodeEntries([{ id: '1-0', fields: ['data', 'a'] }], new Turns())).toHaveLength(1);
});

function isSame(one: EncodedEntry, other: EncodedEntry): boolean {
  return one.id === other.id && Buffer.compare(one.bytes, other.bytes) === 0;
}
