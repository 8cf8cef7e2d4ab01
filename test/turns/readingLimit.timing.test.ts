// Reading a stream that comes faster than it can be processed, from a server in a process of its own.
import { expect, test } from 'vitest';
import { ReadingLimit } from '../../src/turns/readingLimit';
import { Turns } from '../../src/turns/turns';
import { drawn, isLong } from '../support/random/drawn';
import { read, serve } from '../support/servers/fastStreams';
import { leastOf } from '../support/time/leastOf';
import { longestGo } from '../support/time/longestGo';

/** Maximum CPU time without a break, in milliseconds: without the limit it is 180 to 650. */
const MAX_GO = 150;

async function expectShortGo(action: () => Promise<void>): Promise<void> {
  expect(await leastOf(MAX_GO, () => longestGo(action()))).toBeLessThan(MAX_GO);
}

test.each<[string, string, number]>(
  drawn(
    [
      ['events that are each a chunk', 'chunks', 200_000],
      ['answers before the answer', 'early', 0],
      ['events of two chunks', 'halves', 100_000],
      ['chunks of a byte', 'bytes', 0],
      ['events of a few bytes', 'whole', 200_000],
    ],
    1,
  ),
)('other tasks have their turn while %s come as fast as they can', async (_, path, events) => {
  const roots = await serve();
  for (const root of isLong ? roots : roots.slice(0, 1))
    await expectShortGo(async () => expect((await read(`${root}${path}`)).history.count).toBe(events));
});

test('other tasks have their turn while several streams share a limit, and all streams are read to their end', async () => {
  const [plain, secure] = await serve();
  const reading = new ReadingLimit(new Turns());
  const paths = [`${plain}halves`, `${secure}halves`, `${plain}whole`, `${plain}large`];
  await expectShortGo(async () => {
    const all = await Promise.all(paths.map((url) => read(url, { reading })));
    expect(all.map(({ history }) => history.count)).toEqual([100_000, 100_000, 200_000, 20]);
  });
});
