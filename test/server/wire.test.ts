import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { Inspection } from '../../src/inspector/inspection';
import { randomChunks, randomStream } from '../e2e/randomStream';
import { seeded } from './random';

const STREAMS = 1000;
const AT_ONCE = 50;

test('the wire of 1,000 random streams, cut at random places, is the very bytes that were sent', async () => {
  const random = seeded(20261123);
  const streams = Array.from({ length: STREAMS }, () => randomStream(random));
  const cuts = streams.map((stream) => randomChunks(stream, random));
  const server = createServer(async ({ url = '' }, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (const chunk of cuts[Number(url.slice(1))] ?? []) {
      response.write(chunk);
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  for (let first = 0; first < STREAMS; first += AT_ONCE) {
    const wires = await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => wireOf(`${root}${first + index}`)));
    for (const [index, wire] of wires.entries()) expect(wire.equals(streams[first + index] ?? Buffer.of())).toBe(true);
  }
  server.close();
});

/** What an inspection keeps of a stream, when it has ended. */
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
