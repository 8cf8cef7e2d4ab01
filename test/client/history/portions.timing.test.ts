// Large events are read and written with breaks for the event loop.
import { expect, test } from 'vitest';
import { readData, readVisible } from '../../../src/client/history/eventData';
import type { History } from '../../../src/client/history/history';
import { historyJson } from '../../../src/client/history/historyJson';
import { Turns } from '../../../src/turns/turns';
import { historyOf } from '../../support/client/recorded';
import { leastOf } from '../../support/time/leastOf';
import { longestGo } from '../../support/time/longestGo';
import { inLongRun } from '../../support/time/longRun';
import { OwnClock } from '../../support/time/ownTime';

const MB = 1024 * 1024;

/** Writes everything, and returns the CPU time of the longest portion, in milliseconds. */
function longestPortion(history: History): number {
  const pieces = historyJson(history.snapshot(), { lines: true });
  const clock = new OwnClock();
  let [longest, size] = [0, 0];
  for (let done = false; !done; ) {
    clock.lap();
    const next = pieces.next();
    longest = Math.max(longest, clock.lap());
    done = next.done === true;
    if (typeof next.value === 'object') size += next.value.length;
  }
  expect(size).toBeGreaterThan(3 * MB);
  return longest;
}

test.each<[string, string]>([
  ['one line of U+0001', `data: ${'\u0001'.repeat(8 * MB - 100)}\n\n`],
  ...inLongRun<[string, string]>([
    ['lines without data', `${'data\n'.repeat(1.6 * MB)}\n`],
    ['characters of four bytes', `data: ${'😀'.repeat(2 * MB - 100)}\n\n`],
    ['a name of 8 MB', `event: ${'é'.repeat(4 * MB)}\ndata: a\n\n`],
  ]),
])('an event of 8 MB is written in portions, the longest of which takes less than 50 ms: %s', async (_, stream) => {
  const history = historyOf(stream);
  expect(await leastOf(50, () => longestPortion(history))).toBeLessThan(50);
});

test('8 MB of lines without data are read for display with breaks for the event loop', async () => {
  const history = historyOf(`${'data\n'.repeat(1.5e6)}\n`);
  const { bytes, at } = history.snapshot();
  const turns = new Turns();
  let data = '';
  const read = async () => {
    data = await readData(bytes, at(1), turns);
    await readVisible(bytes, { ...at(1), end: at(1).start + 1024 * 1024 }, turns);
  };
  const longest = await longestGo(read());
  expect(data).toBe('\n'.repeat(1.5e6 - 1));
  // Without breaks, it takes half a second.
  expect(longest).toBeLessThan(120);
});
