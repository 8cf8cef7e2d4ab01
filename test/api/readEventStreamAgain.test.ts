// Reading with `reconnect`, as an EventSource does.
import { expect, test } from 'vitest';
import type { ReadOptions } from '../../src/api';
import { type Reconnect, readEventStream } from '../../src/api';
import { cut, ended, open, refused, serveInTurn } from '../support/servers/streamServer';
import { freePort } from '../support/servers/testServer';

/** Reads with reconnects to the end. */
async function readAgain(url: string, options: ReadOptions = {}) {
  const reconnects: Reconnect[] = [];
  const reading = readEventStream(url, { reconnect: true, onReconnect: (one) => reconnects.push(one), ...options });
  const data: string[] = [];
  let message: string | undefined;
  try {
    for await (const event of reading) data.push(event.data);
  } catch (error) {
    message = error instanceof Error ? error.message : String(error);
  }
  return { data, message, reconnects, end: await reading.end };
}

const QUICK = 'retry: 1\n';

test('after a cut and an end it goes on behind the last id, until 204', async () => {
  const server = await serveInTurn(
    cut(`${QUICK}id: 7\ndata: 1\n\ndata: lost`),
    ended(`${QUICK}data: 2\n\n`),
    ended('id: 8\ndata: 3\n\n'),
    refused(204),
  );
  const { data, message, reconnects, end } = await readAgain(server.url);
  expect({ data, message }).toEqual({ data: ['1', '2', '3'], message: undefined });
  expect(server.requests.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '7', '7', '8']);
  expect(reconnects).toMatchObject([
    { number: 1, delay: 100, lastEventId: '7', reason: expect.stringContaining('Its last event was incomplete') },
    { number: 2, delay: 100, lastEventId: '7', reason: 'The stream ended.' },
    { number: 3, delay: 100, lastEventId: '8', reason: 'The stream ended.' },
  ]);
  expect(end).toMatchObject({ cause: 'noContent', status: 204, events: 3, reconnects: 3, firstEventAfter: null });
});

test('the count goes over all connections', async () => {
  const server = await serveInTurn(ended(`${QUICK}data: 1\n\n`));
  const { data, end } = await readAgain(server.url, { count: 3 });
  expect(data).toEqual(['1', '1', '1']);
  expect(end).toMatchObject({ cause: 'count', reconnects: 2 });
});

test('204 before count events is a failure', async () => {
  const server = await serveInTurn(ended(`${QUICK}data: 1\n\n`), refused(204));
  const { message, end } = await readAgain(server.url, { count: 2 });
  expect(message).toBe('The server answered 204 after 1 of 2 events: there is nothing more to come.');
  expect(end.cause).toBe('noContent');
});

test('204 at first is the end, and no failure', async () => {
  const { message, end } = await readAgain((await serveInTurn(refused(204))).url);
  expect([message, end]).toMatchObject([undefined, { cause: 'noContent', reconnects: 0 }]);
});

test('a refusal after a stream ends it with a failure, as it does for an EventSource', async () => {
  const server = await serveInTurn(ended(`${QUICK}data: 1\n\n`), refused(503));
  const { data, message, end } = await readAgain(server.url);
  expect(message).toContain('The server answered 503 Service Unavailable.');
  expect([data, end]).toMatchObject([['1'], { cause: 'status', status: 503, reconnects: 1 }]);
});

test('the time that the stream sets is waited, and an abort ends the wait', async () => {
  const server = await serveInTurn(ended('retry: 123456789\ndata: 1\n\n'));
  const controller = new AbortController();
  const { message, reconnects, end } = await readAgain(server.url, {
    signal: controller.signal,
    onReconnect: ({ delay }) => controller.abort(new Error(`waits ${delay}`)),
  });
  expect(message).toBe('waits 123456789');
  expect([reconnects, end]).toMatchObject([[], { cause: 'signal', reconnects: 1 }]);
});

test('it waits for a server that isn’t there yet', async () => {
  const port = await freePort();
  const controller = new AbortController();
  const reconnects: Reconnect[] = [];
  const { end } = await readAgain(`http://127.0.0.1:${port}/`, {
    signal: controller.signal,
    onReconnect: (reconnect) => {
      reconnects.push(reconnect);
      controller.abort();
    },
  });
  const reason = `Nothing is listening on 127.0.0.1:${port}. Is the server running?`;
  expect(reconnects).toEqual([{ number: 1, delay: 3000, lastEventId: '', reason }]);
  expect(end).toMatchObject({ cause: 'signal', status: null });
});

test('the first request has the given id, and a given one beats a header', async () => {
  const server = await serveInTurn(ended(`${QUICK}data: 1\n\n`), open('data: 2\n\n'));
  const request = { url: server.url, headers: { 'Last-Event-ID': 'header' } };
  for await (const _ of readEventStream(request, { lastEventId: 'given', reconnect: true, count: 2 }));
  expect(server.requests.map(({ headers }) => headers['last-event-id'])).toEqual(['given', 'given']);
  for await (const _ of readEventStream(request, { count: 1 }));
  expect(server.requests.at(-1)?.headers['last-event-id']).toBe('header');
});

test('an error in onReconnect ends the reading with that error', async () => {
  const server = await serveInTurn(ended('data: 1\n\n'));
  const fail = () => {
    throw new Error('of the caller');
  };
  const { message, end } = await readAgain(server.url, { onReconnect: fail });
  expect([message, end.cause]).toEqual(['of the caller', 'signal']);
});
