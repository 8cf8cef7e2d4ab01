import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Answer } from './streamServer';

/** A server that is asked again and again, and counts how it is asked. */
export interface ProbedServer {
  url: string;
  origin: string;
  requests: IncomingMessage[];
  /** Number of requests without a complete response, now and at most. */
  open: number;
  mostOpen: number;
  /** Number of connections that are open. */
  sockets: number;
}

/**
 * Starts a server that gives the same answer to every request but HEAD. It is closed with the test.
 * @param whenFinished a concurrent test passes that of its own context
 */
export async function serveProbes(answer: Answer, whenFinished = onTestFinished): Promise<ProbedServer> {
  const told: ProbedServer = { url: '', origin: '', requests: [], open: 0, mostOpen: 0, sockets: 0 };
  const server = createServer((request, response) => {
    told.requests.push(request);
    told.open += 1;
    told.mostOpen = Math.max(told.mostOpen, told.open);
    response.once('close', () => {
      told.open -= 1;
    });
    // Node sends no head for a HEAD whose answer doesn't end.
    if (request.method === 'HEAD') response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end();
    else answer(response, request);
  });
  server.on('connection', (socket: Socket) => {
    told.sockets += 1;
    socket.once('close', () => {
      told.sockets -= 1;
    });
  });
  whenFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  told.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  told.url = `${told.origin}/events`;
  return told;
}
