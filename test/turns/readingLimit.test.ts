// Which sockets are paused when reading has taken too long without a break.
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { ReadingLimit } from '../../src/turns/readingLimit';
import { Turns } from '../../src/turns/turns';

/** Resolves with three sockets that are read, the third of which is quiet. */
async function start() {
  const limit = new ReadingLimit(new Turns());
  const [first, second, quiet] = [new Socket(), new Socket(), new Socket()];
  for (const socket of [first, second, quiet]) limit.add(socket.resume());
  limit.setQuiet(quiet, true);
  await Promise.all([first, second, quiet].map(resumed));
  return { limit, first, second, quiet };
}

/** Notes that the socket was read again and again for longer than the limit. */
function readLong(limit: ReadingLimit, socket: Socket): void {
  const end = performance.now() + 12;
  while (performance.now() < end) limit.note(socket);
  limit.note(socket);
}

function resumed(socket: Socket): Promise<void> {
  return new Promise((resolve) => void socket.once('resume', resolve));
}

test('when a socket has taken too long, it and all others are paused, but for quiet ones', async () => {
  const { limit, first, second, quiet } = await start();
  readLong(limit, first);
  expect([first, second, quiet].map((socket) => socket.isPaused())).toEqual([true, true, false]);
  await Promise.all([resumed(first), resumed(second)]);
  expect([first, second, quiet].map((socket) => socket.isPaused())).toEqual([false, false, false]);
});

test('when a quiet socket takes the time, all are paused, also if the others were before', async () => {
  const { limit, first, second, quiet } = await start();
  readLong(limit, first);
  limit.note(quiet);
  expect([first, second, quiet].map((socket) => socket.isPaused())).toEqual([true, true, true]);
  await Promise.all([first, second, quiet].map(resumed));
});

test('those that took too long are resumed behind the others, one at a time', async () => {
  const { limit, first, second, quiet } = await start();
  const order: string[] = [];
  const all = Object.entries({ first, second, quiet }).map(async ([name, socket]) => {
    await resumed(socket);
    order.push(name);
  });
  readLong(limit, quiet);
  limit.note(first);
  await Promise.all(all);
  expect(order).toEqual(['first', 'second', 'quiet']);
});

test('a socket that other code has paused stays paused, and a quiet one that is no longer is paused with the others', async () => {
  const { limit, first, second, quiet } = await start();
  second.pause();
  limit.setQuiet(quiet, false);
  readLong(limit, first);
  expect(quiet.isPaused()).toBe(true);
  await Promise.all([resumed(first), resumed(quiet)]);
  expect(second.isPaused()).toBe(true);
});
