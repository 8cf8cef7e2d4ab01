// Reading a stream by the API: what is given, and how it ends.
import { expect, test } from 'vitest';
import type { ReadOptions, RequestLocation, StreamEvent, StreamReading } from '../../src/api';
import { RequestError, readEventStream, recordEventStream, StreamError, StreamTimeoutError } from '../../src/api';
import { temporaryFile } from '../support/client/recordings';
import { serveRaw } from '../support/servers/rawServer';
import { cut, ended, numbered, open, refused, serveInTurn } from '../support/servers/streamServer';
import { eventually, freePort } from '../support/servers/testServer';

/** Reads to the end. Resolves with everything that was given. */
async function readAll(request: RequestLocation, options?: ReadOptions) {
  const reading = readEventStream(request, options);
  const events: StreamEvent[] = [];
  let error: unknown;
  try {
    for await (const event of reading) events.push(event);
  } catch (thrown) {
    error = thrown;
  }
  return { events, data: events.map(({ data }) => data), error, end: await reading.end };
}

/** Returns the message of a StreamError, which must have the end of the reading. */
function messageOf({ error, end }: { error: unknown; end: unknown }): string {
  if (!(error instanceof StreamError)) throw new Error(`No StreamError: ${error}`);
  expect(error.end).toEqual(end);
  return error.message;
}

test('events are given with type, id, last event ID, size and time, and the end with its figures', async () => {
  const text = ': hello\nid: 7\nevent: order\ndata: a\ndata: b\n\ndata: c\n\n';
  const { url } = await serveInTurn(ended(text));
  const before = Date.now();
  const { events, error, end } = await readAll(url);
  expect(error).toBeUndefined();
  expect(events).toEqual([
    { time: expect.any(Number), event: 'order', data: 'a\nb', id: '7', lastEventId: '7', size: 44 },
    { time: expect.any(Number), event: 'message', data: 'c', id: null, lastEventId: '7', size: 9 },
  ]);
  expect(events[0]?.time).toBeGreaterThanOrEqual(before);
  expect(end).toEqual({
    cause: 'end',
    status: 200,
    events: 2,
    bytes: text.length,
    headersAfter: expect.any(Number),
    firstEventAfter: expect.any(Number),
    duration: expect.any(Number),
    reconnects: 0,
  });
  expect(end.duration).toBeGreaterThanOrEqual(end.firstEventAfter ?? Number.NaN);
});

test('the reading ends after count events, exactly, and closes the request', async () => {
  const server = await serveInTurn(open(numbered(5)));
  const { data, error, end } = await readAll(server.url, { count: 3 });
  expect({ data, error }).toEqual({ data: ['1', '2', '3'], error: undefined });
  expect(end).toMatchObject({ cause: 'count', events: 3, bytes: numbered(3).length });
  await eventually(() => server.closed === 1);
});

test('only events of the type are given and counted', async () => {
  const { url } = await serveInTurn(open('data: 1\n\nevent: order\ndata: 2\n\ndata: 3\n\nevent: order\ndata: 4\n\n'));
  const { data, end } = await readAll(url, { event: 'order', count: 2 });
  expect(data).toEqual(['2', '4']);
  expect(end).toMatchObject({ cause: 'count', events: 2 });
});

test('a stream with fewer events than count fails with the sentence', async () => {
  const { url } = await serveInTurn(ended(numbered(2)));
  const read = await readAll(url, { count: 3 });
  expect(messageOf(read)).toBe('The stream ended after 2 of 3 events.');
  expect(read).toMatchObject({ data: ['1', '2'], end: { cause: 'end', events: 2 } });
});

test('a stream that breaks off fails, and its unfinished event isn’t given', async () => {
  const { url } = await serveInTurn(cut('data: 1\n\ndata: 2\n'));
  const read = await readAll(url);
  expect(messageOf(read)).toBe(
    'The response ended before it was complete. Its last event was incomplete and was discarded. Set reconnect to read on, as an EventSource does.',
  );
  expect(read).toMatchObject({ data: ['1'], end: { cause: 'cut', status: 200, events: 1 } });
});

test.each<[string, Parameters<typeof refused>, string, object]>([
  ['204', [204], 'The server answered 204: there is nothing more to come.', { cause: 'noContent', status: 204 }],
  [
    'status',
    [503],
    'The server answered 503 Service Unavailable. Check the URL, the',
    { cause: 'status', status: 503 },
  ],
  [
    'type',
    [200, { 'Content-Type': 'text/html' }],
    'The response is not an event stream: its type is text/html, not text/event-stream.',
    { cause: 'type', status: 200 },
  ],
  [
    'coding',
    [200, { 'Content-Type': 'text/event-stream', 'Content-Encoding': 'compress' }],
    'The response is encoded as compress, which can’t be decoded here.',
    { cause: 'type', status: 200 },
  ],
])('a response that is no stream fails by its %s, and says so', async (_, answer, message, end) => {
  const { url, requests } = await serveInTurn(refused(...answer));
  for (const reconnect of [false, true].filter((one) => !one || answer[0] !== 204)) {
    const read = await readAll(url, { reconnect });
    expect(messageOf(read)).toContain(message);
    expect(read.end).toMatchObject({ ...end, events: 0, bytes: 0, firstEventAfter: null });
  }
  expect(requests.length).toBeLessThanOrEqual(2);
});

test('a refusal whose body never ends fails as soon as its head has come', async () => {
  const server = await serveInTurn((response) => response.writeHead(404).write('…'));
  expect((await readAll(server.url)).end).toMatchObject({ cause: 'status', status: 404 });
  await eventually(() => server.closed === 1);
});

test('without a response, the cause is the network, and the sentence says what to do', async () => {
  const port = await freePort();
  const read = await readAll(`http://127.0.0.1:${port}/`);
  expect(messageOf(read)).toBe(`Nothing is listening on 127.0.0.1:${port}. Is the server running?`);
  expect(read.end).toMatchObject({ cause: 'network', status: null, headersAfter: null });
});

test('a response that isn’t HTTP is of the network, too', async () => {
  const { url } = await serveRaw('SSH-2.0-OpenSSH_9.2\r\n');
  const read = await readAll(url);
  expect(messageOf(read)).toMatch(/^The response is not valid HTTP/);
  expect(read.end).toMatchObject({ cause: 'network', status: null });
});

test('the timeout fails with what did happen, and closes the request', async () => {
  const server = await serveInTurn(() => undefined);
  const read = await readAll(server.url, { timeout: 300 });
  expect(messageOf(read)).toBe('No response came within 0.3 s. Is the server busy, or the timeout too short?');
  expect(read.error).toBeInstanceOf(StreamTimeoutError);
  expect(read.end).toMatchObject({ cause: 'timeout', status: null });
  // On a busy machine, the server may not even have seen it.
  await eventually(() => server.closed === server.requests.length);
});

test('an abort rejects with the signal’s reason, and closes the request', async () => {
  const server = await serveInTurn(open(numbered(1)));
  const controller = new AbortController();
  const reading = readEventStream(server.url, { signal: controller.signal });
  const reason = new Error('enough');
  const read = async () => {
    for await (const _ of reading) controller.abort(reason);
  };
  await expect(read()).rejects.toBe(reason);
  expect(await reading.end).toMatchObject({ cause: 'signal', events: 1 });
  await eventually(() => server.closed === 1);
});

test('with a signal that is aborted already, no request is made', async () => {
  const server = await serveInTurn(open(numbered(1)));
  const { error, end } = await readAll(server.url, { signal: AbortSignal.abort('no') });
  expect({ error, cause: end.cause, requests: server.requests.length }).toEqual({
    error: 'no',
    cause: 'signal',
    requests: 0,
  });
});

test('leaving the iteration closes the request', async () => {
  const server = await serveInTurn(open(numbered(3)));
  const reading = readEventStream(server.url);
  for await (const { data } of reading) if (data === '2') break;
  expect(await reading.end).toMatchObject({ cause: 'signal', events: 3 });
  await eventually(() => server.closed === 1);
});

test('the iteration can be left while it waits for an event', async () => {
  const server = await serveInTurn(open(''));
  const reading = readEventStream(server.url);
  const events = reading[Symbol.asyncIterator]();
  const [first, second] = [events.next(), events.next()];
  await eventually(() => server.requests.length === 1);
  expect(await events.return?.()).toEqual({ done: true, value: undefined });
  expect(await Promise.all([first, second])).toEqual(Array(2).fill({ done: true, value: undefined }));
  expect(await reading.end).toMatchObject({ cause: 'signal' });
  await eventually(() => server.closed === 1);
});

test('an iteration that is left before its first event makes no request', async () => {
  const server = await serveInTurn(open(''));
  const reading = readEventStream(server.url);
  const events = reading[Symbol.asyncIterator]();
  await events.return?.();
  expect(await events.next()).toEqual({ done: true, value: undefined });
  expect([await reading.end, server.requests]).toMatchObject([{ cause: 'signal', events: 0 }, []]);
});

test('an error is thrown once; after it, the iteration is over', async () => {
  const { url } = await serveInTurn(refused(500));
  const events = readEventStream(url)[Symbol.asyncIterator]();
  await expect(events.next()).rejects.toThrow('The server answered 500');
  expect(await events.next()).toEqual({ done: true, value: undefined });
});

test('a second iteration of a reading is refused with a sentence', async () => {
  const { url } = await serveInTurn(ended(numbered(1)));
  const reading: StreamReading = readEventStream(url);
  for await (const _ of reading);
  expect(() => reading[Symbol.asyncIterator]()).toThrow(
    'This reading was iterated already. Call readEventStream again',
  );
});

test('what lies beyond 16 MB of an event is left out, and counted', async () => {
  const { url } = await serveInTurn(ended(`data: ${'x'.repeat(16 * 1024 * 1024)}\n\ndata: 2\n\n`));
  const { events } = await readAll(url);
  expect(events.map(({ data, omitted }) => [data.length, omitted])).toEqual([
    [16 * 1024 * 1024 - 'data: '.length, 'data: '.length],
    [1, undefined],
  ]);
  expect(events[1]).not.toHaveProperty('omitted');
});

test.each<[ReadOptions, string]>([
  [{ count: 0 }, 'count takes a whole number from 1, not 0.'],
  [{ count: 1.5 }, 'count takes a whole number from 1, not 1.5.'],
  [{ count: Number.NaN }, 'count takes a whole number from 1, not NaN.'],
  [{ timeout: 0 }, 'timeout takes milliseconds above 0, up to 2147483647 (24 days), not 0.'],
  [{ timeout: 2 ** 31 }, 'timeout takes milliseconds above 0, up to 2147483647 (24 days), not 2147483648.'],
  [{ timeout: Number.NaN }, 'timeout takes milliseconds above 0, up to 2147483647 (24 days), not NaN.'],
  [{ timeout: '5' as unknown as number }, 'timeout takes milliseconds above 0, up to 2147483647 (24 days), not “5”.'],
  [{ lastEventId: 'a\nb' }, 'lastEventId is larger than 8,000 bytes, or has a character that headers can’t carry.'],
  [{ lastEventId: 'x'.repeat(8001) }, 'lastEventId is larger than 8,000 bytes'],
])('the options %j are refused at once', (options, message) => {
  expect(() => readEventStream('http://127.0.0.1:1/', options)).toThrow(RangeError);
  expect(() => readEventStream('http://127.0.0.1:1/', options)).toThrow(message);
});

test.each([
  [null, 'null'],
  [7, '7'],
  [['7'], 'a value of type object'],
  [() => '7', 'a value of type function'],
])(
  'a lastEventId of %s, as code without types may give it, is refused at once, also by a recording',
  async (id, kind) => {
    const options = { lastEventId: id as unknown as string };
    const error = new TypeError(`lastEventId takes a string, not ${kind}.`);
    expect(() => readEventStream('http://127.0.0.1:1/', options)).toThrow(error);
    await expect(recordEventStream('http://127.0.0.1:1/', temporaryFile('a.sse'), options)).rejects.toThrow(error);
  },
);

test('a request that can’t be made rejects the iteration, and the end says that no response came', async () => {
  const { error, end } = await readAll('ftp://a/');
  expect(error).toBeInstanceOf(RequestError);
  expect(end).toMatchObject({ cause: 'network', status: null, events: 0 });
});

test('JSON lines are read by their type, and any text as lines if that is asked for', async () => {
  const served = await serveInTurn(
    (response) => void response.writeHead(200, { 'Content-Type': 'application/x-ndjson' }).end('{"a":1}\n{"a":2}'),
    ended('data: 1\n\n'),
  );
  expect((await readAll(served.url)).events).toEqual([
    { time: expect.any(Number), event: 'message', data: '{"a":1}', id: null, lastEventId: '', size: 8 },
    { time: expect.any(Number), event: 'message', data: '{"a":2}', id: null, lastEventId: '', size: 7 },
  ]);
  expect((await readAll(served.url, { readAs: 'lines' })).data).toEqual(['data: 1']);
});

test('a way to read that there is not is refused at once', () => {
  const readAs = 'text' as 'lines';
  expect(() => readEventStream('http://127.0.0.1:1/', { readAs })).toThrow(
    new RangeError('readAs takes events or lines.'),
  );
});
