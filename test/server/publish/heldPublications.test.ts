// Publications are queued while an event is in progress: for all clients of a server together, the queues are limited.
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { serveScript } from '../../support/mock/scriptServer';
import { ask, eventually, openStream } from '../../support/servers/testServer';

/** An event that stays in progress for a day. */
const OPEN = 'data: open\n:@ wait 86400s\n\n';
const MB = 1024 * 1024;
/** Returns an event stream of that size, in bytes. */
const bodyOf = (size: number) => `data:${'x'.repeat(size - 7)}\n\n`;
const headers = { 'Content-Type': 'text/event-stream' };

/** Starts a server with 16 clients, each with 4 MB queued that are queued for no other client: 64 MB. */
async function serveFull() {
  const served = await serveScript(OPEN);
  const publish = (body = bodyOf(MB)) => ask(`${served.url}publish`, { method: 'POST', body, headers });
  const clients: Awaited<ReturnType<typeof openStream>>[] = [];
  while (clients.length < 16) {
    const client = await openStream(served.stream);
    await client.until('data: open\n');
    clients.push(client);
    for (let n = 0; n < 4; n += 1) expect((await publish()).body).toBe('Sent on 1 connection.\n');
  }
  return { ...served, publish, clients };
}

test('64 MB are queued for all clients together, in little more memory; a client that publishes more gets Retry-After', async () => {
  const before = process.memoryUsage().arrayBuffers;
  const { publish, stream } = await serveFull();
  await openStream(stream);
  for (let n = 0; n < 8; n += 1)
    expect(await publish()).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1' },
      body: 'Too much is queued behind an event in progress. Retry later.\n',
    });
  globalThis.gc?.();
  await eventually(() => process.memoryUsage().arrayBuffers - before < 1.25 * 64 * MB + 16 * MB);
  expect((await publish('data: small\n\n')).status).toBe(503);
});

test('when a client leaves, the bytes queued for it alone are released', async () => {
  const { publish, clients, server } = await serveFull();
  expect((await publish()).status).toBe(503);
  clients[3]?.response.destroy();
  await eventually(() => server.connectionCount === 15);
  expect((await publish()).body).toBe('Sent on 0 connections.\n');
});

test('when all clients are dropped, nothing stays queued', async () => {
  const { publish, server, source, stream } = await serveFull();
  void source.control.dropAll();
  await eventually(() => server.connectionCount === 0);
  await openStream(stream);
  expect((await publish()).body).toBe('Sent on 1 connection.\n');
});

test.each(['drop', 'reset', 'end'])('nothing is queued for a connection that has come to “:@ %s”', async (fault) => {
  const { server, source, stream } = await serveScript(`data: open\n:@ wait 40ms\n:@ ${fault}\n`);
  for (let n = 0; n < 20; n += 1) {
    await openStream(stream);
    for (let k = 0; k < 4; k += 1) source.publish({ bytes: new Uint8Array(MB), events: 1, ids: [] });
    await eventually(() => server.connectionCount === 0);
  }
  expect(source.publish({ bytes: new Uint8Array(MB), events: 1, ids: [] })).toBe(0);
});

test.each([MB, 16 * 1024])('publications of %i bytes are released once they are sent', async (size) => {
  const { stream, source } = await serveScript('data: a\n:@ wait 20ms\n\n:@ wait 20ms\n:@ loop\n');
  const { response } = await openStream(stream);
  response.removeAllListeners('data').resume();
  // Twice as much as can be queued.
  for (let sent = 0; sent < 128 * MB; sent += size) {
    const piece = new Uint8Array(size).fill(10);
    while (source.publish({ bytes: piece, events: 1, ids: [] }) !== 1) await setImmediate();
  }
});
