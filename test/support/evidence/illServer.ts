import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createBrotliCompress, createDeflate, createGzip } from 'node:zlib';

type Answer = (response: ServerResponse, query: URLSearchParams, request: IncomingMessage) => unknown;

const HEAD = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' };
const COMPRESSORS = { gzip: createGzip, deflate: createDeflate, br: createBrotliCompress };

/** Streams that are ill, and healthy ones that look like them, each on its path. */
const ANSWERS: Record<string, Answer> = {
  '/ticks': (response, query) => {
    const { accel } = Object.fromEntries(query);
    response.writeHead(200, { ...HEAD, ...(accel && { 'X-Accel-Buffering': accel }) }).flushHeaders();
    return tick(response, query);
  },
  '/silent': silentLater(),
  '/compressed': compressed,
  '/llm': async (response, query) => {
    response.writeHead(200, HEAD);
    if (query.has('early')) response.flushHeaders();
    await delay(1500);
    await tick(response, new URLSearchParams('every=20&count=40'));
  },
  '/snapshot': async (response) => {
    response.writeHead(200, HEAD).write(eventOf(1).repeat(200));
    await delay(500);
    await tick(response, new URLSearchParams('every=400&count=4'));
  },
  '/fast': async (response) => {
    response.writeHead(200, HEAD);
    for (let turn = 0; turn < 200; turn += 1) {
      response.write(eventOf(turn).repeat(10));
      await delay(10);
    }
    response.end();
  },
  '/short': async (response) => {
    await delay(300);
    response.writeHead(200, HEAD).end(eventOf(1).repeat(8));
  },
  '/counted': (response) => {
    const body = eventOf(1).repeat(8);
    response.writeHead(200, { ...HEAD, 'Content-Length': body.length }).end(body);
  },
  '/with-length': (response, query) => {
    response.writeHead(200, { ...HEAD, 'Content-Length': 100_000 });
    return tick(response, query);
  },
  '/with-close': (response, query) => {
    response.useChunkedEncodingByDefault = false;
    response.writeHead(200, { ...HEAD, 'Connection': 'close' });
    return tick(response, query);
  },
  '/huge': async (response) => {
    response.writeHead(200, HEAD).write('data: ');
    for (let piece = 0; piece < 8; piece += 1) {
      await delay(250);
      response.write('a'.repeat(65_536));
    }
    response.end('\n\n');
  },
  '/beats': async (response) => {
    response.writeHead(200, HEAD);
    for (let beat = 0; beat < 6; beat += 1) {
      response.write(': beat\n\n');
      await delay(300);
    }
    response.end();
  },
  '/late-head': async (response, _query, { method }) => {
    response.writeHead(200, HEAD);
    if (method === 'HEAD') return void response.end();
    await delay(1300);
    await tick(response, new URLSearchParams('every=300&count=3'));
  },
  '/late-line': async (response) => {
    response.writeHead(200, HEAD).write('data: 1\n');
    for (let number = 2; number <= 8; number += 1) {
      await delay(500);
      response.write(`\ndata: ${number}\n`);
    }
  },
  '/late-without-accept': async (response, query, { headers }) => {
    if (!headers.accept?.includes('text/event-stream')) await delay(1300);
    response.writeHead(200, HEAD);
    await tick(response, query);
  },
  '/accept-or-406': (response, query, { headers }) => {
    if (!headers.accept?.includes('text/event-stream')) return void response.writeHead(406).end();
    response.writeHead(200, HEAD);
    return tick(response, query);
  },
  '/one-at-a-time': oneByOne(),
  '/limited-age': limitedAge(),
  '/cut': (response, query) => {
    response.writeHead(200, HEAD).write(`${eventOf(1)}data: half`, () => response.destroy());
    return query;
  },
  '/comments': async (response, query) => {
    response.writeHead(200, HEAD).flushHeaders();
    while (!response.destroyed) {
      await delay(Number(query.get('every') ?? 5000));
      response.write(': beat\n\n');
    }
  },
  '/deaf': deafness(),
};

export interface IllServer {
  url: string;
  close(): void;
}

/** Starts a server of streams that are ill, each on its path. */
export async function serveIll(): Promise<IllServer> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    // Each write is a packet, as it is with most servers of streams.
    response.socket?.setNoDelay();
    void ANSWERS[pathname]?.(response, searchParams, request);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const close = () => void server.close().closeAllConnections();
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

/**
 * Writes `count` events of `size` bytes, one `every` so many milliseconds, and ends unless it stays `open`. With `timed`, each
 * says when it was made.
 */
async function tick(response: NodeJS.WritableStream, query: URLSearchParams, wrote = () => {}): Promise<void> {
  const number = (name: string, usual: number) => Number(query.get(name) ?? usual);
  for (let event = 1; event <= number('count', 6); event += 1) {
    response.write(eventOf(event, number('size', 40), query.has('timed')));
    wrote();
    await delay(number('every', 250));
  }
  if (!query.has('open')) response.end();
}

function eventOf(number: number, size = 40, isTimed = false): string {
  const data = isTimed ? `{"n":${number},"time":"${new Date().toISOString()}"}` : `${number}`;
  return `data: ${data.padEnd(size - 'data: \n\n'.length)}\n\n`;
}

/** Compresses if it is asked to, with a flush for each event or without. */
function compressed(response: ServerResponse, query: URLSearchParams, { headers }: IncomingMessage): unknown {
  const [coding] = Object.entries(COMPRESSORS).filter(([name]) => headers['accept-encoding']?.includes(name));
  if (!coding) {
    response.writeHead(200, HEAD);
    return tick(response, query);
  }
  response.writeHead(200, { ...HEAD, 'Content-Encoding': coding[0] }).flushHeaders();
  const compressor = coding[1]();
  compressor.pipe(response);
  return tick(compressor, query, () => query.has('flush') && compressor.flush());
}

/** Answers a request only when the one before is over, as a server with one worker. */
function oneByOne(): Answer {
  let last: Promise<unknown> = Promise.resolve();
  return async (response, query) => {
    const before = last;
    last = once(response, 'close');
    await before;
    response.writeHead(200, HEAD);
    await tick(response, query);
  };
}

/** Is silent after some events, of which the second response has more. */
function silentLater(): Answer {
  let count = 0;
  return async (response) => {
    count += 1;
    response.writeHead(200, HEAD).write('retry: 1\n\n');
    for (let event = 0; event < count * 3; event += 1) {
      response.write(eventOf(event));
      await delay(400);
    }
  };
}

/** Cuts each response at an age of 5.5 s, wherever it is between two events. */
function limitedAge(): Answer {
  let count = 0;
  return async (response) => {
    count += 1;
    response.writeHead(200, HEAD).write('retry: 1\n\n');
    const timer = setTimeout(() => response.destroy(), 5500);
    await tick(response, new URLSearchParams(`every=${count % 2 ? 1000 : 1700}&count=20`));
    clearTimeout(timer);
  };
}

/** Sends events to the latest connection only, and none to those before. */
function deafness(): Answer {
  let latest: ServerResponse | undefined;
  let count = 0;
  return async (response) => {
    latest = response;
    response.writeHead(200, HEAD);
    for (count += 1; latest === response && !response.destroyed; count += 1) {
      response.write(`id: ${count}\n${eventOf(count)}`);
      await delay(400);
    }
  };
}
