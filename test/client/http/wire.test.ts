import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { Inspection } from '../../../src/client/inspection';
import { fuzz } from '../../support/random/fuzz';
import { randomChunks, randomStream } from '../../support/random/randomStream';

test('the recorded bytes of random streams, split at random, are the bytes that were sent', async () => {
  const answers = new Map<string, Buffer[]>();
  const server = createServer(async ({ url = '' }, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (const chunk of answers.get(url) ?? []) {
      response.write(chunk);
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.end();
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await fuzz(
    100,
    async (random, seed) => {
      const stream = randomStream(random);
      answers.set(`/${seed}`, randomChunks(stream, random));
      const wire = await wireOf(`${root}/${seed}`);
      answers.delete(`/${seed}`);
      expect(wire.equals(stream)).toBe(true);
    },
    { atOnce: 50 },
  );
});

/** Resolves with the bytes that an inspection keeps of a stream, when that has ended. */
async function wireOf(url: string): Promise<Buffer> {
  let check = () => {};
  const ended = new Promise<void>((resolve) => {
    check = () => inspection.status.state === 'ended' && resolve();
  });
  const inspection = new Inspection(() => check());
  inspection.connect({ method: 'GET', url, headers: [], insecure: false }, { reconnect: false, lastEventId: '' });
  await ended;
  const { bytes } = inspection.history;
  inspection.close();
  return Buffer.from(bytes.slice(0, bytes.size));
}
