// Servers built with third-party libraries, each with the same number of events.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type ServerType, serve } from '@hono/node-server';
import { createSession } from 'better-sse';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { onTestFinished } from 'vitest';

export const COUNT = 20;

/** Starts a Hono server. @param pause before each event, in milliseconds @returns the address of its stream, which ends */
export async function startHono(pause = 0): Promise<string> {
  const app = new Hono();
  app.get('/sse', (context) =>
    streamSSE(context, async (stream) => {
      for (let n = 1; n <= COUNT; n += 1) {
        if (pause > 0) await delay(pause);
        await stream.writeSSE({ event: 'tick', id: String(n), data: `${n}\nof ${COUNT}` });
      }
    }),
  );
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  onTestFinished(() => {
    server.close();
  });
  if (!server.listening) await once(server, 'listening');
  return `http://127.0.0.1:${portOf(server)}/sse`;
}

/** Starts a better-sse server. @param pause before each event, in ms @returns the address of its stream, which stays open */
export async function startBetterSse(pause = 0): Promise<string> {
  const server = createServer(async (request, response) => {
    const session = await createSession(request, response);
    for (let n = 1; n <= COUNT; n += 1) {
      if (pause > 0) await delay(pause);
      if (session.isConnected) session.push({ n }, 'tick', `id-${n}`);
    }
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return `http://127.0.0.1:${portOf(server)}/`;
}

function portOf(server: Server | ServerType): number {
  return (server.address() as AddressInfo).port;
}
