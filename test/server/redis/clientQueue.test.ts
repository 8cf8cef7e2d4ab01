import { expect, test } from 'vitest';
import { QueuedBytes } from '../../../src/server/http/queuedBytes';
import { ClientQueue } from '../../../src/server/redis/clientQueue';
import { fullSink } from '../../support/servers/fullSink';

const MEGABYTE = 1024 * 1024;

function fullQueue() {
  const { state, sink } = fullSink();
  return { state, queue: new ClientQueue(sink, { queuedBytes: new QueuedBytes(), drainTimeout: 60_000 }) };
}

const blocks = (size: number) => ({ bytes: new Uint8Array(size), events: 1 });

test('a burst of any size cuts off nobody whose queue is empty, and leaves in order as the socket drains', async () => {
  const { state, queue } = fullQueue();
  queue.write(Array.from({ length: 10 }, () => blocks(MEGABYTE)));
  expect([state.written, state.isCutOff]).toEqual([MEGABYTE, false]);
  const empty = queue.empty();
  for (let n = 0; n < 10; n += 1) state.drain();
  await empty;
  expect([state.written, state.isFull]).toEqual([10 * MEGABYTE, false]);
  queue.close();
});

test('a client for which more than 4 MB wait is cut off by what comes next', () => {
  const { state, queue } = fullQueue();
  queue.write([blocks(1)]);
  queue.write([blocks(4 * MEGABYTE)]);
  queue.write([blocks(1)]);
  expect(state.isCutOff).toBe(false);
  queue.write([blocks(1)]);
  expect(state.isCutOff).toBe(true);
  queue.close();
});

test('small blocks count as 1 KB', () => {
  const { state, queue } = fullQueue();
  queue.write([blocks(1)]);
  for (let n = 0; n <= 4096; n += 1) queue.write([blocks(1)]);
  expect(state.isCutOff).toBe(false);
  queue.write([blocks(1)]);
  expect(state.isCutOff).toBe(true);
  queue.close();
});

test('closing releases what is queued, and whoever waits', async () => {
  const queuedBytes = new QueuedBytes();
  const { queue } = fullQueue();
  queue.write([blocks(1), blocks(MEGABYTE)]);
  const empty = queue.empty();
  queue.close();
  queue.close();
  await empty;
  queue.write([blocks(1)]);
  expect(queuedBytes.fits(new Uint8Array(64 * MEGABYTE))).toBe(true);
});
