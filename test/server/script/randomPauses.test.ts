// Pauses of random length, as clients see them.
import { expect, test } from 'vitest';
import { ScriptSource } from '../../../src/server/script/scriptSource';
import { Turns } from '../../../src/turns/turns';
import { scriptOf } from '../../support/mock/scriptServer';
import { openStream, startServer } from '../../support/servers/testServer';
import { leastOf } from '../../support/time/leastOf';

/** Resolves with the time from the first event to each of the others, in milliseconds. */
async function times(url: string, count: number): Promise<number[]> {
  const stream = await openStream(url);
  const found: number[] = [];
  for (let number = 0; number <= count; number += 1) {
    await stream.until(`data: ${number}\n\n`);
    found.push(performance.now());
  }
  return found.slice(1).map((time) => time - (found[0] ?? 0));
}

const SCRIPT = 'data: 0\n\n:@ wait 20ms..200ms\ndata: 1\n\n:@ wait 20ms..200ms\ndata: 2\n\n';

async function serve(seed: number | undefined, shared = false, script = SCRIPT): Promise<string> {
  const source = new ScriptSource(scriptOf(script), { turns: new Turns(), onChange: () => undefined, seed });
  source.share(shared);
  return `${(await startServer({ source })).url}event`;
}

test('each connection waits for a time of its own between the two, the same for the same seed', async () => {
  const difference = await leastOf(50, async () => {
    const [one, other] = [await serve(7), await serve(7)];
    const first = await times(one, 2);
    const second = await times(one, 2);
    const again = await times(other, 2);
    // On a busy machine, all events may be seen late, and together.
    const haveWaited = [first, second].every(([, last = 0]) => last > 20);
    return haveWaited ? Math.abs((first[1] ?? 0) - (again[1] ?? 0)) : Number.POSITIVE_INFINITY;
  });
  expect(difference).toBeLessThan(50);
});

test('connections that share a timeline wait for the same time, also one that comes in a pause', async () => {
  // Long enough for a late one to come also on a busy machine.
  const url = await serve(undefined, true, SCRIPT.replaceAll('20ms..200ms', '1s..2s'));
  const streams = await Promise.all([openStream(url), openStream(url)]);
  await Promise.all(streams.map((stream) => stream.until('data: 1\n\n')));
  const all = [...streams, await openStream(url)];
  const seenAt = await Promise.all(all.map((stream) => stream.until('data: 2\n\n').then(() => performance.now())));
  expect(Math.max(...seenAt) - Math.min(...seenAt)).toBeLessThan(100);
});
