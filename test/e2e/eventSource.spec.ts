// Random event streams, sent in random chunks, are read by Chromium's own EventSource and by our parser.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { EventStreamParser, type IncomingEvent } from '../../src/stream/parse';
import { isLong } from '../support/random/drawn';
import { seeded } from '../support/random/random';
import { randomChunks, randomStream, TYPES } from '../support/random/randomStream';

type Dispatched = Pick<IncomingEvent, 'data' | 'event' | 'lastEventId'>;

const COUNT = isLong ? 1_000 : 200;
const SEED = 926;

let server: Server;
let url: string;
/** Streams, each as the chunks that it is sent in. */
let streams: Buffer[][];

test.beforeAll(async () => {
  const random = seeded(SEED);
  streams = Array.from({ length: COUNT }, () => randomChunks(randomStream(random), random));
  server = createServer(async (request, response) => {
    const stream = streams[Number(/^\/stream\/(\d+)$/.exec(request.url ?? '')?.[1])];
    response.setHeader('Content-Type', stream ? 'text/event-stream' : 'text/html');
    for (const chunk of stream ?? []) {
      response.write(chunk);
      await setImmediate();
    }
    response.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

test.afterAll(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));

/** Reads each stream to its end, six at a time, Chromium's limit for one server. Runs in the page. */
async function readAll({ count, types }: { count: number; types: string[] }): Promise<Dispatched[][]> {
  const readStream = (index: number) =>
    new Promise<Dispatched[]>((resolve) => {
      const events: Dispatched[] = [];
      const source = new EventSource(`/stream/${index}`);
      const add = ({ data, type, lastEventId }: MessageEvent) => events.push({ data, event: type, lastEventId });
      for (const type of types) source.addEventListener(type, add);
      // The stream has ended. The server can't send a marker for that: it would complete an unfinished event.
      source.onerror = () => {
        source.close();
        resolve(events);
      };
    });
  const results: Dispatched[][] = [];
  let next = 0;
  const readOnes = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      results[index] = await readStream(index);
    }
  };
  await Promise.all(Array.from({ length: 6 }, readOnes));
  return results;
}

function parse(chunks: Buffer[]): Dispatched[] {
  const events: Dispatched[] = [];
  const parser = new EventStreamParser(({ data, event, lastEventId }) => {
    if (TYPES.includes(event)) events.push({ data, event, lastEventId });
  });
  for (const chunk of chunks) parser.feed(chunk);
  return events;
}

/**
 * Returns the stream as Chromium reads it if that deviates from the standard: a CR or LF right after the byte order mark
 * doesn't end an empty line, but becomes the first character of a longer one, which is then not a known field. (The byte is
 * skipped in EventSourceParser::AddBytes.) No other deviation is known.
 */
function asChromium(chunks: Buffer[]): Buffer | undefined {
  const bytes = Buffer.concat(chunks);
  if (!/^\xef\xbb\xbf[\r\n]/.test(bytes.toString('latin1'))) return undefined;
  bytes[3] = 'x'.charCodeAt(0);
  return bytes;
}

test('Chromium’s EventSource dispatches the events that our parser finds', async ({ page }) => {
  await page.goto(url);
  const theirs = await page.evaluate(readAll, { count: COUNT, types: TYPES });
  const differing = streams.flatMap((chunks, index) => {
    const chromium = JSON.stringify(theirs[index]);
    const ours = JSON.stringify(parse(chunks));
    const deviant = asChromium(chunks);
    // A later Chromium may follow the standard.
    if (chromium === ours || (deviant && chromium === JSON.stringify(parse([deviant])))) return [];
    return [{ stream: JSON.stringify(chunks.map((chunk) => chunk.toString('latin1'))), chromium, ours }];
  });
  expect(differing).toEqual([]);
  expect(theirs.flat().length).toBeGreaterThan(COUNT);
  expect(new Set(theirs.flat().map(({ event }) => event))).toEqual(new Set(TYPES));
});
