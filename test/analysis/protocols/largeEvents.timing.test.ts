// The largest events that are read for a result: each is parsed at one go, while all else in the process waits.
import { expect, test } from 'vitest';
import { ResultReader } from '../../../src/analysis/protocols/resultReader';
import { leastOf } from '../../support/time/leastOf';
import { ownTime } from '../../support/time/ownTime';

/** Milliseconds of an idle machine's processor time: parsing at the limit, and its garbage. It was 150 to 330. */
const BOUND = 75;

const list = (size: number, make: (index: number) => string) => {
  let text = '[';
  for (let index = 0; text.length < size; index += 1) text += `${make(index)},`;
  return `${text}1]`;
};
let seed = 1;
const random = (below: number) => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};
const names = Array.from({ length: 100 }, (_, index) => `"n${index}":1`);
const object = (members: number) => `{${Array.from({ length: members }, () => names[random(100)]).join()}}`;

/** Values of a size in characters, and the size up to which they are read. */
const VALUES: Record<string, [make: (size: number) => string, read: number]> = {
  'elements': [(size) => list(size, () => '0'), 890_000],
  'fractions': [(size) => list(size, () => '0.5'), 1_400_000],
  'objects of other names': [(size) => list(size, () => `{"k${random(1e9)}":1}`), 280_000],
  'objects of other shapes': [(size) => list(size, () => object(5)), 180_000],
  'short strings': [(size) => list(size, () => `"${random(1e9)}"`), 480_000],
  'escaped strings': [(size) => list(size, () => `"\\n${random(1e9)}"`), 560_000],
  'strings of digits': [(size) => list(size, () => '"1"'), 750_000],
  'lists in lists': [(size) => list(size, () => `${'['.repeat(100)}${']'.repeat(100)}`), 400_000],
  'blanks': [(size) => `[${' '.repeat(size)}1]`, 3_500_000],
  'ideographs': [(size) => `"${'漢'.repeat(size)}"`, 3_500_000],
};

const timeOf = (value: string) => {
  const reader = new ResultReader({ protocol: 'mcp' });
  const data = `{"jsonrpc":"2.0","id":1,"result":${value}}`;
  const time = ownTime(() => void reader.add({ number: 1, at: 1, event: 'message', data }));
  return { time, isRead: reader.results().some(({ items }) => items.length > 0) };
};

test.each(Object.entries(VALUES))('an event of %s is read, or left, in a short time', async (_name, [make, size]) => {
  for (const times of [1, 4]) {
    const time = await leastOf(BOUND, () => {
      const { time, isRead } = timeOf(make(size * times));
      expect(isRead).toBe(times === 1);
      return time;
    });
    expect(time).toBeLessThan(BOUND);
  }
});
