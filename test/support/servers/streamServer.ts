import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A response to a request. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A server that responds as told. */
export interface StreamServer {
  url: string;
  requests: IncomingMessage[];
  /** Bodies of the requests that were read to their end. */
  bodies: string[];
  /** Number of responses whose connection was closed, by either side. */
  closed: number;
}

/** Starts a server that responds to each request in turn; the last response is repeated. It is closed with the test. */
export async function serveInTurn(...answers: Answer[]): Promise<StreamServer> {
  const told: StreamServer = { url: '', requests: [], bodies: [], closed: 0 };
  const server = createServer(async (request, response) => {
    const answer = answers[Math.min(told.requests.length, answers.length - 1)];
    told.requests.push(request);
    response.once('close', () => {
      told.closed += 1;
    });
    let body = '';
    for await (const chunk of request) body += chunk;
    told.bodies.push(body);
    answer?.(response, request);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  told.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return told;
}

const HEAD = { 'Content-Type': 'text/event-stream' };

/** Returns a response with a stream that ends. */
export function ended(text: string): Answer {
  return (response) => void response.writeHead(200, HEAD).end(text);
}

/** Returns a response with a stream that stays open. */
export function open(text: string): Answer {
  return (response) => void response.writeHead(200, HEAD).write(text);
}

/** Returns the response, given to one request at a time: the next one waits until the one before is over. */
export function oneAtATime(answer: Answer): Answer {
  let isBusy = false;
  const waiting: (() => void)[] = [];
  return (response, request) => {
    const begin = () => {
      isBusy = true;
      response.once('close', () => {
        isBusy = false;
        waiting.shift()?.();
      });
      answer(response, request);
    };
    if (isBusy) waiting.push(begin);
    else begin();
  };
}

/** Returns a response with a stream that breaks off. */
export function cut(text: string): Answer {
  return (response) => void response.writeHead(200, HEAD).write(text, () => response.destroy());
}

/** Returns a response without a stream. */
export function refused(status: number, headers: Record<string, string> = {}): Answer {
  return (response) => void response.writeHead(status, headers).end();
}

/** Returns a stream of events with data and id from 1. */
export function numbered(count: number): string {
  return Array.from({ length: count }, (_, index) => `id: ${index + 1}\ndata: ${index + 1}\n\n`).join('');
}

/** Starts a server of a stream of equal lines, which sends as fast as its client reads. */
export async function serveLines(line: string, count: number) {
  const told = { sent: 0 };
  const { url } = await serveInTurn(async (response) => {
    response.writeHead(200, HEAD);
    for (let at = 0; at < count; at += 1) {
      const goesOn = response.write(line);
      told.sent += line.length;
      if (!goesOn) await new Promise((resolve) => response.once('drain', resolve));
    }
    response.end();
  });
  return { url, told };
}
