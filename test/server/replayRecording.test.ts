// What is recorded and played is recorded as the same file again.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Inspection } from '../../src/inspector/inspection';
import { randomChunks, randomStream } from '../e2e/randomStream';
import { COUNT, startBetterSse, startHono } from './foreignServers';
import { inspect, openInspection } from './inspectStream';
import { seeded } from './random';
import { expectSameAgain, saved } from './rerecording';
import { eventually, startServer } from './testServer';

const STREAMS = 200;
const AT_ONCE = 4;
const SEED = 1123;
/** The longest pause between two chunks, in milliseconds. */
const MAX_PAUSE = 40;

test(`${STREAMS} random streams, sent in random pieces with random pauses, are the same when they are played and recorded again`, {
  timeout: 120_000,
}, async () => {
  const random = seeded(SEED);
  const streams = Array.from({ length: STREAMS }, () => {
    const chunks = randomChunks(randomStream(random), random);
    return chunks.map((chunk) => ({ chunk, pause: Math.floor(random() * MAX_PAUSE) }));
  });
  const server = createServer(async ({ url = '' }, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    for (const { chunk, pause } of streams[Number(url.slice(1))] ?? []) {
      await delay(pause);
      response.write(chunk);
    }
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  let next = 0;
  let recorded = 0;
  const takeTurns = async () => {
    while (next < STREAMS) {
      const index = next;
      next += 1;
      const inspection = new Inspection(() => undefined);
      const request = { method: 'GET', url: `${root}${index}`, headers: [], insecure: false };
      inspection.connect(request, { reconnect: false, lastEventId: '' });
      await eventually(() => !inspection.running);
      const file = saved(inspection);
      inspection.close();
      await expectSameAgain(file);
      recorded += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, takeTurns));
  expect(recorded).toBe(STREAMS);
  server.close();
});

test('so is a recording of Hono, which ends its stream', async () => {
  const { inspection } = openInspection(await startHono(15));
  await eventually(() => !inspection.running);
  expect(inspection.history.count).toBe(COUNT);
  await expectSameAgain(saved(inspection));
});

test('so is a recording of better-sse, which leaves its stream open', async () => {
  const inspection = await inspect(await startBetterSse(15), COUNT);
  await expectSameAgain(saved(inspection));
});

test('so is a recording of our counter', async () => {
  const { url } = await startServer();
  const { inspection } = openInspection(`${url}event?interval=20&limit=${COUNT}&event=tick&id=1&retry=500`);
  await eventually(() => !inspection.running);
  await expectSameAgain(saved(inspection));
});
