// Slow readers hold the stream back, and lose nothing.
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readEventStream } from '../../src/api';
import { cut, numbered, open, serveInTurn, serveLines } from '../support/servers/streamServer';

const [LINE, LINES] = [`data: ${'x'.repeat(1000)}\n\n`, 32_000];

test('a slow iteration holds the stream back, and still gets all of it', async () => {
  const { url, told } = await serveLines(LINE, LINES);
  let [taken, lead] = [0, 0];
  for await (const { size } of readEventStream(url)) {
    taken += size;
    await setImmediate();
    lead = Math.max(lead, told.sent - taken);
  }
  expect(taken).toBe(LINE.length * LINES);
  // The sockets of the system buffer up to some megabytes.
  expect(lead).toBeLessThan(16_000_000);
});

test('the events that came before a failure are given first, however slow', async () => {
  const { url } = await serveInTurn(cut(numbered(500)));
  let events = 0;
  const read = async () => {
    for await (const _ of readEventStream(url)) {
      events += 1;
      await setImmediate();
    }
  };
  await expect(read()).rejects.toThrow('The response ended before it was complete.');
  expect(events).toBe(500);
});

test('the events that came before a timeout are given first, too', async () => {
  const { url } = await serveInTurn(open(numbered(100)));
  const reading = readEventStream(url, { timeout: 4000 });
  const data: string[] = [];
  const read = async () => {
    for await (const event of reading) {
      data.push(event.data);
      if (data.length === 1) await reading.end;
    }
  };
  await expect(read()).rejects.toThrow('100 events came within 4 s');
  expect(data).toHaveLength(100);
});

test('an abort discards the events that wait', async () => {
  const { url } = await serveInTurn(open(numbered(100)));
  const controller = new AbortController();
  const events = readEventStream(url, { signal: controller.signal })[Symbol.asyncIterator]();
  await events.next();
  controller.abort('enough');
  await expect(events.next()).rejects.toBe('enough');
  expect(await events.next()).toEqual({ done: true, value: undefined });
});
