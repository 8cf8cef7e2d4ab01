// A recording that is served by the mock and recorded again is the same file.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { canHaveNchan } from '../../../scripts/install/nginx.mjs';
import { inspect, openInspection } from '../../support/client/inspectStream';
import { expectSameAgain, saved } from '../../support/mock/rerecording';
import { fuzz } from '../../support/random/fuzz';
import { randomChunks, randomStream } from '../../support/random/randomStream';
import { COUNT, startBetterSse, startHono } from '../../support/servers/foreignServers';
import * as nchan from '../../support/servers/nchan';
import { eventually, startServer } from '../../support/servers/testServer';

/** Longest pause between two chunks, in milliseconds. */
const MAX_PAUSE = 40;

test('random streams, sent in random chunks with random pauses, are the same when served by the mock and recorded again', async () => {
  const answers = new Map<string, { chunk: Buffer; pause: number }[]>();
  const server = createServer(async ({ url = '' }, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    for (const { chunk, pause } of answers.get(url) ?? []) {
      await delay(pause);
      response.write(chunk);
    }
    response.end();
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await fuzz(
    20,
    async (random, seed) => {
      const chunks = randomChunks(randomStream(random), random);
      answers.set(
        `/${seed}`,
        chunks.map((chunk) => ({ chunk, pause: Math.floor(random() * MAX_PAUSE) })),
      );
      const { inspection } = openInspection(`${root}/${seed}`);
      await eventually(() => !inspection.running);
      expect(inspection.history.bytes.size).toBe(Buffer.concat(chunks).length);
      await expectSameAgain(saved(inspection));
    },
    { atOnce: 4 },
  );
});

test('a recording of Hono, which ends its stream, is the same, too', async () => {
  const { inspection } = openInspection(await startHono(15));
  await eventually(() => !inspection.running);
  expect(inspection.history.count).toBe(COUNT);
  await expectSameAgain(saved(inspection));
});

test('a recording of better-sse, which leaves its stream open, is the same, too', async () => {
  const inspection = await inspect(await startBetterSse(15), COUNT);
  await expectSameAgain(saved(inspection));
});

test('a recording of our counter is the same, too', async () => {
  const { url } = await startServer();
  const { inspection } = openInspection(`${url}event?interval=20&limit=${COUNT}&event=tick&id=1&retry=500`);
  await eventually(() => !inspection.running);
  await expectSameAgain(saved(inspection));
});

test.runIf(canHaveNchan())('a recording of nchan is the same, too', async () => {
  const { url } = await nchan.startNchan();
  const { inspection, until } = openInspection(`${url}subscribe`);
  await until(() => inspection.status.state === 'open');
  for (let n = 1; n <= nchan.COUNT; n += 1) {
    await nchan.publish(url, `${n}\nof ${nchan.COUNT}`, 'tick');
    await delay(10);
  }
  await until(() => inspection.history.count === nchan.COUNT);
  await expectSameAgain(saved(inspection));
});
