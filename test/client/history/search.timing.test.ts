// CPU time that a search may take, and searches that are given up.
import { spawn } from 'node:child_process';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { type EventFilter, HistoryView } from '../../../src/client/history/historyView';
import { historyOf } from '../../support/client/recorded';
import { drawn } from '../../support/random/drawn';
import { OwnClock } from '../../support/time/ownTime';

const ALL: EventFilter = { event: '', text: '', isRegExp: false };

test('a hundred thousand events are searched in slices without missing any', async () => {
  const history = historyOf(Array.from({ length: 100_000 }, (_, n) => `data: ${n}\n\n`).join(''));
  const view = new HistoryView(history, () => {});
  const searched = search(view, { text: '7$', isRegExp: true });
  expect(view.searching).toBe(true);
  expect(await searched).toMatchObject({ givenUp: false });
  expect(view.rows).toBe(10_000);
  expect(view.at(9999)?.number).toBe(99_998);
});

/** Searches with a filter. Resolves with the CPU time, in milliseconds, and whether the search was given up. */
async function search(view: HistoryView, filter: Partial<EventFilter>) {
  let givenUp = false;
  const clock = new OwnClock();
  let [longest, time] = [0, 0];
  view.filter({ ...ALL, ...filter }, () => {
    givenUp = true;
  });
  while (view.searching) {
    await setImmediate();
    const go = clock.lap();
    longest = Math.max(longest, go);
    time += go;
  }
  return { givenUp, time, longest };
}

// Each letter doubles the time of an event; with fewer letters, it depends on the machine whether that is too long.
test.each(drawn([22, 24, 26, 40], 1))(
  'an expression that is slow for each event of %i letters is given up before it has taken much in all',
  async (letters) => {
    const view = new HistoryView(historyOf(`data: ${'a'.repeat(letters)}\n\n`.repeat(2000)), () => {});
    const { givenUp, time, longest } = await search(view, { text: '(a+)+b', isRegExp: true });
    expect([givenUp, view.rows]).toEqual([true, 2000]);
    // Includes, apart from the overrun, a slice of 10 ms for each event.
    expect(time).toBeLessThan(8000);
    expect(longest).toBeLessThan(400);
  },
);

test('a slow search for plain text is given up, too', async () => {
  const history = historyOf(`data: ${'a'.repeat(64 * 1024)}\n\n`.repeat(100));
  const view = new HistoryView(history, () => {});
  const { givenUp, longest } = await search(view, { text: `${'a'.repeat(3000)}b${'a'.repeat(3000)}` });
  expect([givenUp, view.rows]).toEqual([true, 100]);
  expect(longest).toBeLessThan(400);
});

test('cheap expressions for a hundred thousand events are never given up, even on a busy machine', async () => {
  const busy = Array.from({ length: 2 }, () => spawn(process.execPath, ['-e', 'for (;;);']));
  onTestFinished(() => busy.forEach((child) => void child.kill('SIGKILL')));
  const texts = Array.from({ length: 100_000 }, (_, n) => String(n));
  const view = new HistoryView(historyOf(texts.map((text) => `data: ${text}\n\n`).join('')), () => {});
  for (const text of ['7$', 'x|(?<=1)2']) {
    expect(await search(view, { text, isRegExp: true })).toMatchObject({ givenUp: false });
    expect(view.rows).toBe(texts.filter((one) => new RegExp(text, 'i').test(one)).length);
  }
});

test('a cheap expression for events of 64 KB is never given up', async () => {
  const view = new HistoryView(historyOf(`data: ${'lorem ipsum '.repeat(5400)}!\n\n`.repeat(300)), () => {});
  expect(await search(view, { text: 'ipsum !', isRegExp: true })).toMatchObject({ givenUp: false });
  expect(view.rows).toBe(300);
});
