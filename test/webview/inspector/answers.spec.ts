// Random responses over TCP, good and bad, read by both Chromium's own EventSource and our client.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import type { End } from '../../../src/client/http/end';
import { refusedCharset } from '../../../src/client/http/exchange';
import { Subscription } from '../../../src/client/http/subscription';
import { seeded } from '../../support/random/random';
import { type RandomAnswer, randomAnswer } from '../support/randomAnswer';

const COUNT = 2000;
const SEED = Number(process.env['SEED'] ?? 1401);
/** Number of responses read at a time: Chromium opens no more connections to a server. */
const AT_ONCE = 6;

interface Read {
  isOpened: boolean;
  /** Data and last event ID of each event, joined. */
  events: string[];
  /** State after the response. */
  verdict: 'closed' | 'asks again';
}

let server: Server;
let root: string;
let answers: RandomAnswer[];

test.beforeAll(async () => {
  const random = seeded(SEED);
  server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (head) => void response(socket, Number(/^GET \/(\d+)/.exec(head.toString('latin1'))?.[1])));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  answers = Array.from({ length: COUNT }, () => randomAnswer(random, `${root}${COUNT}`));
});

test.afterAll(() => void server.close());

async function response(socket: Socket, index: number): Promise<void> {
  const found = answers[index];
  if (!found) {
    socket.end('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    return;
  }
  for (const piece of found.pieces) {
    socket.write(piece);
    if (found.pieces.length > 1) await after(1);
  }
  if (!found.reset) return void socket.end();
  // A reset discards data that the system hasn't delivered yet.
  await after(30);
  socket.resetAndDestroy();
}

/** Reads the response with an EventSource. Runs in the page. */
function readInPage(url: string): Promise<Read> {
  return new Promise((resolve) => {
    const read: Read = { isOpened: false, events: [], verdict: 'closed' };
    const source = new EventSource(url);
    source.onopen = () => {
      read.isOpened = true;
    };
    source.onmessage = ({ data, lastEventId }) => read.events.push(`${data}|${lastEventId}`);
    source.onerror = () => {
      if (source.readyState === EventSource.CONNECTING) read.verdict = 'asks again';
      source.close();
      resolve(read);
    };
  });
}

function readOurs(url: string): Promise<Read & { reason: string }> {
  return new Promise((resolve) => {
    const read: Read = { isOpened: false, events: [], verdict: 'closed' };
    const headers: [string, string][] = [['Accept-Encoding', 'gzip, deflate, br']];
    const done = (end: End, verdict: Read['verdict']) => {
      subscription.close();
      resolve({
        ...read,
        verdict,
        reason: end.cause === 'network' ? `${end.error.code} ${end.error.message}` : end.cause,
      });
    };
    const subscription = new Subscription(
      { method: 'GET', url, headers, insecure: false },
      { reconnect: true, lastEventId: '', position: 0 },
      {
        onConnect: () => {},
        onResponse: (response, format) => {
          const isEventStream = format !== undefined;
          // Our client reads the response, but notes that Chromium refuses it; this compares the note.
          if (isEventStream && refusedCharset(response) !== undefined) done({ cause: 'response' }, 'closed');
          else read.isOpened ||= isEventStream;
        },
        onBytes: () => {},
        onEvent: ({ event, data, lastEventId }) => {
          if (event === 'message') read.events.push(`${data}|${lastEventId}`);
        },
        onLastEventId: () => {},
        // Without a delay if it is read leniently: to a browser, that is the same attempt.
        onWait: (end, delay) => delay > 0 && done(end, 'asks again'),
        onEnd: (end) => done(end, 'closed'),
      },
    );
  });
}

/** Whether a difference is intended: of the received data, we show at least as much as Chromium. */
function isMeant({ parts, reset }: RandomAnswer, theirs: Read, ours: Read): boolean {
  const said = parts.join(' ');
  // Chromium reads the sizes of chunks as content, because no HTTP/1.0 server knows chunks (RFC 9112 §6.1).
  if (said.includes('HTTP/1.0') && said.includes('chunk')) return true;
  const isLess = theirs.events.every((event, index) => event === ours.events[index]);
  if (!isLess || theirs.verdict !== ours.verdict) return false;
  // The system decides which data a reset discards.
  if (reset) return true;
  if (theirs.isOpened !== ours.isOpened) return false;
  // Chromium reads only one member of a gzip body; RFC 1952 §2.2 allows several.
  if (said.includes('GZIP')) return true;
  // Chromium may lose all data that came right before a fault.
  return /a bit turned|bad one|without an end|too large/.test(said);
}

test('random responses give the same events and the same verdict as Chromium’s EventSource @long', async ({ page }) => {
  test.setTimeout(600_000);
  await page.goto(root);
  const different: string[] = [];
  const indices = answers.keys();
  const compare = async () => {
    for (const index of indices) {
      const url = `${root}${index}`;
      const theirs = await page.evaluate(readInPage, url);
      const ours = await readOurs(url);
      const isSame = JSON.stringify(theirs) === JSON.stringify({ ...ours, reason: undefined });
      const found = answers[index];
      if (!isSame && found && !isMeant(found, theirs, ours))
        different.push(
          `${index} ${found.parts.join(' · ')}\n    Chromium ${theirs.isOpened} ${theirs.events.length} ${theirs.verdict}, ours ${ours.isOpened} ${ours.events.length} ${ours.verdict}: ${ours.reason}`,
        );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, compare));
  expect(different.join('\n')).toBe('');
});
