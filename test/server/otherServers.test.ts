import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { createSession } from 'better-sse';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { expect, onTestFinished, test } from 'vitest';
import { dataOf, inspect } from './inspectStream';
import { newServer } from './newServer';

const COUNT = 20;

function portOf(server: Server | ServerType): number {
  return (server.address() as AddressInfo).port;
}

test('Hono’s streams are read: type, id, and data of several lines', async () => {
  const app = new Hono();
  app.get('/sse', (context) =>
    streamSSE(context, async (stream) => {
      for (let n = 1; n <= COUNT; n += 1)
        await stream.writeSSE({ event: 'tick', id: String(n), data: `${n}\nof ${COUNT}` });
    }),
  );
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  onTestFinished(() => {
    server.close();
  });
  if (!server.listening) await once(server, 'listening');
  const inspection = await inspect(`http://127.0.0.1:${portOf(server)}/sse`, COUNT);
  expect(dataOf(inspection)).toEqual(Array.from({ length: COUNT }, (_, n) => `${n + 1}\nof ${COUNT}`));
  expect(inspection.history.get(7)).toMatchObject({ event: 'tick', id: '7' });
});

test('better-sse’s streams are read', async () => {
  const server = createServer(async (request, response) => {
    const session = await createSession(request, response);
    for (let n = 1; n <= COUNT; n += 1) session.push({ n }, 'tick', `id-${n}`);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  const inspection = await inspect(`http://127.0.0.1:${portOf(server)}/`, COUNT);
  expect(dataOf(inspection)).toEqual(Array.from({ length: COUNT }, (_, n) => JSON.stringify({ n: n + 1 })));
  expect(inspection.history.get(COUNT)).toMatchObject({ event: 'tick', id: `id-${COUNT}` });
});

test('our counter is read, and its wire is what it sends', async () => {
  const server = newServer();
  onTestFinished(() => server.close());
  const { url } = await server.listen(0);
  const inspection = await inspect(`${url}event?interval=10&limit=${COUNT}&event=tick&id=1`, COUNT);
  expect(dataOf(inspection)).toEqual(Array.from({ length: COUNT }, (_, n) => String(n + 1)));
  const { bytes } = inspection.history;
  const wire = Array.from({ length: COUNT }, (_, n) => `event: tick\nid: ${n + 1}\ndata: ${n + 1}\n\n`).join('');
  expect(Buffer.from(bytes.slice(0, bytes.size)).toString()).toBe(wire);
});
