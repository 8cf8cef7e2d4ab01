// A mock server in a test: connections, publications, drops and refusals.
import { EventSource } from 'eventsource';
import { expect, onTestFinished, test } from 'vitest';
import type { EventStreamMock, EventToPublish, MockConnection } from '../../src/api/mock/eventStreamMock';
import { serveEventStream } from '../../src/api/serveEventStream';
import { serveMock } from '../support/mock/serveMock';
import { ask, eventually, isListening, openStream } from '../support/servers/testServer';

test('a script’s text is served on a free port, with the page on /', async () => {
  const mock = await serveMock('data: a\n\n');
  expect(mock.url).toBe(`http://127.0.0.1:${mock.port}/event`);
  expect(mock.port).toBeGreaterThan(0);
  expect(await (await openStream(mock.url)).until('data: a\n\n')).toBe('data: a\n\n');
  const { status, body } = await ask(mock.url.replace(/event$/, ''));
  expect([status, body]).toEqual([200, expect.stringMatching(/^<!doctype html>/i)]);
});

test('a connection says who came, when, and what was sent to it', async () => {
  const mock = await serveMock('id: 1\ndata: a\n\nid: 2\ndata: b\n\n');
  const before = Date.now();
  const headers = { 'Last-Event-ID': '1', 'origin': 'http://localhost:5173' };
  const stream = await openStream(`${mock.url}?room=7`, { headers });
  await stream.until('data: b\n\n');
  const connection = await mock.connection();
  expect(connection).toMatchObject({ id: 1, lastEventId: '1', origin: headers.origin, eventsSent: 1, isOpen: true });
  expect(connection.since).toBeGreaterThanOrEqual(before);
  expect(connection.request).toMatchObject({
    method: 'GET',
    url: '/event?room=7',
    lastEventId: '1',
    origin: headers.origin,
    status: 200,
    reason: '',
    headers: { 'last-event-id': '1', 'host': `127.0.0.1:${mock.port}` },
    remote: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
  });
  expect(mock.connections).toEqual([connection]);
  expect(mock.connections[0]).toBe(connection);
  expect(mock.requests).toEqual([connection.request]);
  stream.response.destroy();
  await eventually(() => mock.connections.length === 0);
  expect(connection).toMatchObject({ eventsSent: 1, isOpen: false, wasCutOff: false });
});

test('a request for the stream is noted with its query’s last id, and a refused one with its reason', async () => {
  const mock = await serveMock('');
  await openStream(`${mock.url}?lastEventId=9`);
  mock.refuseNext(429, { retryAfter: 3 });
  await ask(`${mock.url}?token=t`, { headers: { authorization: 'Bearer b' } });
  await ask(mock.url, { headers: { origin: 'https://evil.example' } });
  await ask(`${mock.url}s`);
  // None of these asks for the stream, or is refused.
  await ask(mock.url, { method: 'HEAD' });
  await ask(mock.url, { method: 'POST', body: 'x' });
  await ask(mock.url.replace(/event$/, ''));
  expect(mock.requests.map(({ url, lastEventId, status, reason }) => [url, lastEventId, status, reason])).toEqual([
    ['/event?lastEventId=9', '9', 200, ''],
    ['/event?token=t', '', 429, 'Refused, as was asked for.'],
    ['/event', '', 403, expect.stringContaining('The option allowOrigins, or --allow-origin, names others that may.')],
    ['/events', '', 404, expect.stringMatching(/^Not found/)],
  ]);
  expect(mock.requests[1]?.headers['authorization']).toBe('Bearer b');
  expect(mock.requests[2]?.origin).toBe('https://evil.example');
});

test('the last 1000 requests are kept, each with the first 2000 characters of its URL', async () => {
  const mock = await serveMock(':@ end\n');
  await ask(`${mock.url}?${'x'.repeat(3000)}`);
  expect(mock.requests[0]?.url.length).toBe(2000);
  for (let n = 1; n <= 1000; n += 1) await ask(`${mock.url}?n=${n}`);
  expect(mock.requests.length).toBe(1000);
  expect(mock.requests[0]?.url).toBe('/event?n=1');
});

test('a wait says what came, ends with its signal, and with the server', async () => {
  const mock = await serveMock('');
  await openStream(mock.url);
  await openStream(mock.url);
  await mock.connection();
  await mock.connection();
  await expect(mock.connection({ timeout: 5 })).rejects.toThrow(
    /^No connection within 0.005 s: 2 connections came, none/,
  );
  const abort = new AbortController();
  const waiting = mock.connection({ signal: abort.signal });
  abort.abort(new Error('The test is over.'));
  await expect(waiting).rejects.toThrow('The test is over.');
  const waits = [mock.connection(), mock.connection({ timeout: 60_000 })];
  const ends = Promise.allSettled(waits);
  await mock.close();
  for (const end of await ends) expect(end).toMatchObject({ reason: { message: 'The server is closed.' } });
});

test('events are published as JSON, with type and id, and clients resume behind them', async () => {
  const mock = await serveMock('');
  const first = await openStream(mock.url);
  await openStream(mock.url);
  expect(mock.publish({ event: 'order', id: '7', data: { number: 7 } })).toBe(2);
  expect(mock.publish({ data: 'two\nlines' })).toBe(2);
  expect(mock.publish({})).toBe(2);
  expect(await first.until('data: \n\n')).toBe(
    'event: order\nid: 7\ndata: {"number":7}\n\ndata: two\ndata: lines\n\ndata: \n\n',
  );
  // The second client's part is sent in a turn of its own.
  await eventually(() => mock.connections.every(({ eventsSent }) => eventsSent === 3));
  const resumed = await openStream(mock.url, { headers: { 'Last-Event-ID': '7' } });
  expect(await resumed.until('data: \n\n')).toBe('data: two\ndata: lines\n\ndata: \n\n');
  await eventually(() => String(mock.connections.map(({ eventsSent }) => eventsSent)) === '3,3,2');
});

test.each<[string, Parameters<EventStreamMock['publish']>[0], string]>([
  ['a line end in its type', { event: 'a\nb' }, 'The event of an event must be one line.'],
  ['a line end in its id', { id: 'a\rb' }, 'The id of an event must be one line.'],
  ['NUL in its id', { id: '\0' }, 'The id of an event must not contain NUL.'],
  ['a number as its id', { id: 7 as unknown as string }, 'The id of an event is a string, not number.'],
  ['a BigInt', { data: { n: 1n } }, 'The data of an event can’t be JSON: Do not know how to serialize a BigInt.'],
  ['a function', { data: () => 1 }, 'The data of an event can’t be JSON: it is a function.'],
])('an event with %s isn’t published', async (_, event, sentence) => {
  const mock = await serveMock('');
  const publish = () => mock.publish(event);
  expect(publish).toThrow(TypeError);
  expect(publish).toThrow(sentence);
});

test('data with a cycle isn’t published', async () => {
  const mock = await serveMock('');
  const data: Record<string, unknown> = {};
  data['self'] = data;
  expect(() => mock.publish({ data })).toThrow(
    /^The data of an event can’t be JSON: Converting circular structure to JSON/,
  );
});

test('up to 1 MB is published at once', async () => {
  const mock = await serveMock('');
  expect(mock.publish({ data: 'x'.repeat(2 ** 20) })).toBe(0);
  expect(() => mock.publish({ data: 'x'.repeat(2 ** 20), id: '1' })).toThrow(
    new RangeError('At most 1048576 bytes can be published at once; these are 1048577.'),
  );
});

test.each([undefined, null, 'hello', 7, ['a']])('%j is no event to publish', async (event) => {
  const mock = await serveMock('');
  expect(() => mock.publish(event as EventToPublish)).toThrow(
    new TypeError('An event to publish is an object: { event, id, data }.'),
  );
});

test('drop closes one connection, or all, in the middle of the response', async () => {
  const mock = await serveMock('data: a\n\n');
  const streams = [await openStream(mock.url), await openStream(mock.url), await openStream(mock.url)];
  const second = mock.connections[1] as MockConnection;
  mock.drop(second);
  await expect(streams[1]?.whole).rejects.toThrow('aborted');
  expect(mock.connections.map(({ id }) => id)).toEqual([1, 3]);
  mock.drop(second);
  mock.drop();
  expect(mock.connections).toEqual([]);
  for (const { whole } of streams) await expect(whole).rejects.toThrow('aborted');
  const other = await serveMock('');
  expect(() => other.drop(second)).toThrow(new TypeError('This is no connection of this server.'));
});

test('requests are refused one after the other, with any status', async () => {
  const mock = await serveMock('');
  mock.refuseNext();
  mock.refuseNext(429, { retryAfter: 7, times: 2 });
  mock.refuseNext(204, { retryAfter: 7 });
  const answers = [];
  for (let n = 0; n < 4; n += 1) answers.push(await ask(mock.url));
  expect(answers.map(({ status, headers }) => [status, headers['retry-after']])).toEqual([
    [503, undefined],
    [429, '7'],
    [429, '7'],
    [204, undefined],
  ]);
  await openStream(mock.url);
});

test.each<[string, (mock: EventStreamMock) => unknown, string]>([
  ['the status 200', (mock) => mock.refuseNext(200), 'status takes 204, or a whole number from 400 to 599, not 200.'],
  ['600', (mock) => mock.refuseNext(600), 'status takes 204, or a whole number from 400 to 599, not 600.'],
  ['no time', (mock) => mock.refuseNext(503, { times: 0 }), 'times takes a whole number from 1 to 1000, not 0.'],
  [
    '1001 times',
    (mock) => mock.refuseNext(503, { times: 1001 }),
    'times takes a whole number from 1 to 1000, not 1001.',
  ],
  [
    'half a second',
    (mock) => mock.refuseNext(503, { retryAfter: 0.5 }),
    'retryAfter takes a whole number from 0 to 99999, not 0.5.',
  ],
  [
    'more than 1000 times in all',
    (mock) => [mock.refuseNext(503, { times: 1000 }), mock.refuseNext()],
    'At most 1000 requests can be refused in advance.',
  ],
])('refusing %s is an error', async (_, refuse, sentence) => {
  const mock = await serveMock('');
  expect(() => refuse(mock)).toThrow(new RangeError(sentence));
});

test('pause, resume and restart control the script', async () => {
  const mock = await serveMock('data: a\n\n:@ wait 100ms\ndata: b\n\n');
  const stream = await openStream(mock.url);
  await stream.until('data: a\n\n');
  mock.pause();
  mock.publish({ data: 'paused' });
  await stream.until('data: paused\n\n');
  mock.resume();
  await stream.until('data: b\n\n');
  mock.restart();
  expect(await stream.until('data: b\n\ndata: a\n\n')).toBe('data: a\n\ndata: paused\n\ndata: b\n\ndata: a\n\n');
});

test('the handlers are told of what opens, ends, is refused and published, also over HTTP', async () => {
  const told: unknown[] = [];
  const mock = await serveMock('data: a\n\n', {
    onOpen: ({ id, isOpen }) => told.push(['open', id, isOpen]),
    onClose: ({ id, isOpen }) => told.push(['close', id, isOpen]),
    onRefuse: ({ url, status }) => told.push(['refuse', url, status]),
    onPublish: (publication) => told.push(publication),
  });
  const stream = await openStream(mock.url);
  await stream.until('data: a\n\n');
  mock.publish({ data: 'b' });
  const body = 'data: c\n\ndata: d\n\n: e\n\n';
  await ask(mock.url, { method: 'POST', body, headers: { 'Content-Type': 'text/event-stream' } });
  mock.refuseNext(204, { retryAfter: 7 });
  await ask(`${mock.url}?n=1`);
  stream.response.destroy();
  await eventually(() => told.length === 5);
  expect(told).toEqual([
    ['open', 1, true],
    { events: 1, bytes: 9, connections: 1 },
    { events: 2, bytes: 23, connections: 1 },
    ['refuse', '/event?n=1', 204],
    ['close', 1, false],
  ]);
});

test('what was published before a drop is sent before it, and so is what is due of the script', async () => {
  const mock = await serveMock('retry: 1\n\n:@ wait 60s\ndata: later\n\n');
  for (const drop of [(connection: MockConnection) => mock.drop(connection), () => mock.drop()]) {
    const source = new EventSource(mock.url);
    onTestFinished(() => source.close());
    const first = await mock.connection();
    mock.publish({ id: '7', data: 'a' });
    mock.publish({ id: '8', data: 'b'.repeat(50_000) });
    drop(first);
    const again = await mock.connection({ timeout: 20_000 });
    expect([first.eventsSent, again.lastEventId]).toEqual([2, '8']);
    source.close();
  }
});

test('a handler may drop the connection that was opened', async () => {
  const mock: EventStreamMock = await serveMock('data: a\n\n', { onOpen: (connection) => mock.drop(connection) });
  await expect((await openStream(mock.url)).whole).rejects.toThrow('aborted');
  expect(mock.connections).toEqual([]);
});

test('pages of further origins may read the stream, and no more streams are open than allowed', async () => {
  const mock = await serveMock('', { allowOrigins: ['https://app.example'], maxConnections: 1 });
  const { response } = await openStream(mock.url, { headers: { origin: 'https://app.example' } });
  expect(response.headers['access-control-allow-origin']).toBe('https://app.example');
  const { status, body } = await ask(mock.url);
  expect([status, body]).toEqual([503, expect.stringContaining('The option maxConnections allows more.')]);
});

test('an EventSource gets every event once through 10 drops', async () => {
  const count = 10;
  const mock = await serveMock('retry: 1\n\n');
  const got: string[] = [];
  const source = new EventSource(mock.url);
  onTestFinished(() => source.close());
  source.addEventListener('message', ({ data }) => got.push(data));
  for (let n = 1; n <= count; n += 1) {
    const connection = await mock.connection();
    expect(connection.lastEventId).toBe(n === 1 ? '' : String(2 * (n - 1)));
    mock.publish({ id: String(2 * n - 1), data: 2 * n - 1 });
    mock.publish({ id: String(2 * n), data: 2 * n });
    await mock.idle();
    await eventually(() => got.length === 2 * n);
    mock.drop(connection);
  }
  expect((await mock.connection()).lastEventId).toBe(String(2 * count));
  expect(got).toEqual(Array.from({ length: 2 * count }, (_, index) => String(index + 1)));
  expect(mock.requests.length).toBe(count + 1);
});

test.each<[string, object, string]>([
  ['port', { port: 65_536 }, 'port takes a whole number from 0 to 65535, not 65536.'],
  ['port', { port: '80' }, 'port takes a whole number from 0 to 65535, not “80”.'],
  ['speed', { speed: 0.01 }, 'speed takes a number from 0.1 to 1000, not 0.01.'],
  ['speed', { speed: Number.NaN }, 'speed takes a number from 0.1 to 1000, not NaN.'],
  ['maxConnections', { maxConnections: 0 }, 'maxConnections takes a whole number from 1 to 65535, not 0.'],
  [
    'allowOrigins',
    { allowOrigins: ['https://a.example/'] },
    'allowOrigins takes origins such as https://app.example:8080, not "https://a.example/".',
  ],
  ['onOpen', { onOpen: 'log' }, 'onOpen takes a function, not a value of type string.'],
  ['onRefuse', { onOpen: undefined, onRefuse: {} }, 'onRefuse takes a function, not a value of type object.'],
  ['watch', { watch: true }, 'watch needs a file: a text doesn’t change.'],
])('a wrong %s is an error with a sentence', async (_, options, sentence) => {
  await expect(serveEventStream({ text: '' }, options)).rejects.toThrow(sentence);
});

test.each([-1, 2 ** 31, Number.NaN])('a timeout of %d is an error', async (timeout) => {
  const mock = await serveMock('');
  const sentence = `timeout takes a number of milliseconds from 0 to 2147483647, not ${timeout}.`;
  await expect(mock.connection({ timeout })).rejects.toThrow(new RangeError(sentence));
  await expect(mock.idle({ timeout })).rejects.toThrow(new RangeError(sentence));
});

test('a taken port is an error that names it', async () => {
  const { port } = await serveMock('');
  await expect(serveEventStream({ text: '' }, { port })).rejects.toMatchObject({
    name: 'ServeError',
    code: 'EADDRINUSE',
    port,
    message: `Port ${port} is in use by another program. Choose another, or 0 for any free port.`,
  });
  expect(await isListening(port)).toBe(true);
});
