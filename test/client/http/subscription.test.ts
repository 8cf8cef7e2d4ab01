import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, constants, createGzip, deflateSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import type { End } from '../../../src/client/http/end';
import { Subscription } from '../../../src/client/http/subscription';
import type { StreamRequest } from '../../../src/client/request/streamRequest';

/** A log of a subscription's calls, in order. */
type Told =
  | { did: 'connect'; lastEventId: string }
  | { did: 'answer'; status: number; contentType: string; isEventStream: boolean }
  | { did: 'event'; data: string; event: string; omitted: number }
  | { did: 'wait'; cause: End['cause']; delay: number }
  | { did: 'end'; cause: End['cause']; code: string | undefined };

const STREAM = { 'Content-Type': 'text/event-stream' };
const servers: Server[] = [];
const subscriptions: Subscription[] = [];

afterEach(async () => {
  for (const subscription of subscriptions.splice(0)) subscription.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

/** Starts a server. @returns its URL */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Responds to each request in turn; the last response is repeated. Records the requests. */
async function serveInTurn(...answers: ((response: ServerResponse, request: IncomingMessage) => void)[]) {
  const requests: IncomingMessage[] = [];
  const url = await serve((request, response) => {
    requests.push(request);
    request.resume();
    answers[Math.min(requests.length, answers.length) - 1]?.(response, request);
  });
  return { url, requests };
}

/** Responds to each request with an empty stream, when its body has come. */
async function serveBodies() {
  const bodies: string[] = [];
  const served = await serveInTurn(async (response, asked) => {
    let body = '';
    for await (const chunk of asked) body += chunk;
    bodies.push(body);
    stream('')(response);
  });
  return { ...served, bodies };
}

const stream = (text: string) => (response: ServerResponse) => response.writeHead(200, STREAM).end(text);
const request = (url: string, more: Partial<StreamRequest> = {}): StreamRequest => ({
  method: 'GET',
  url,
  headers: [],
  insecure: false,
  ...more,
});

/** Starts a subscription. @param atWait called as soon as it begins to wait */
function subscribe(
  asked: StreamRequest,
  { reconnect = false, lastEventId = '' } = {},
  atWait: (subscription: Subscription) => void = () => {},
) {
  const told: Told[] = [];
  const bytes: Uint8Array[] = [];
  let wake = () => {};
  const tell = (what: Told) => {
    told.push(what);
    wake();
  };
  const subscription = new Subscription(
    asked,
    { reconnect, lastEventId, position: 0 },
    {
      onConnect: (id) => tell({ did: 'connect', lastEventId: id }),
      onResponse: ({ status, contentType }, format) =>
        tell({ did: 'answer', status, contentType, isEventStream: format !== undefined }),
      onLastEventId: () => {},
      onBytes: (chunk) => bytes.push(chunk),
      onEvent: ({ data, event, omitted }) => tell({ did: 'event', data, event, omitted }),
      onWait: ({ cause }, delay) => {
        tell({ did: 'wait', cause, delay });
        atWait(subscription);
      },
      onEnd: (end) =>
        tell({ did: 'end', cause: end.cause, code: end.cause === 'network' ? end.error.code : undefined }),
    },
  );
  subscriptions.push(subscription);
  /** Resolves when something was reported that many times. */
  const until = async (did: Told['did'], times = 1) => {
    while (told.filter((what) => what.did === did).length < times)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  };
  const events = () => told.flatMap((what) => (what.did === 'event' ? [what.data] : []));
  const body = () => Buffer.concat(bytes).toString();
  return { subscription, told, until, events, body };
}

test('a stream is read to its end: events, and the very bytes', async () => {
  const text = ': hi\n\nevent: e\ndata: a\n\ndata: b\n\n';
  const { url } = await serveInTurn(stream(text));
  const { told, until, body } = subscribe(request(url));
  await until('end');
  expect(told).toEqual([
    { did: 'connect', lastEventId: '' },
    { did: 'answer', status: 200, contentType: 'text/event-stream', isEventStream: true },
    { did: 'event', data: 'a', event: 'e', omitted: 0 },
    { did: 'event', data: 'b', event: 'message', omitted: 0 },
    { did: 'end', cause: 'end', code: undefined },
  ]);
  expect(body()).toBe(text);
});

test('method, headers and body are sent as given, a repeated header twice, and an EventSource’s headers by default', async () => {
  const { url, requests, bodies } = await serveBodies();
  const headers: [string, string][] = [
    ['X-A', '1'],
    ['X-A', '2'],
    ['user-agent', 'mine'],
  ];
  const { until } = subscribe(request(url, { method: 'POST', headers, body: '{"ü":1}' }));
  await until('end');
  expect(bodies).toEqual(['{"ü":1}']);
  expect(requests[0]?.method).toBe('POST');
  expect(requests[0]?.headers).toMatchObject({
    'x-a': '1, 2',
    'user-agent': 'mine',
    'accept': 'text/event-stream',
    'cache-control': 'no-cache',
    'pragma': 'no-cache',
  });
});

test('a GET may have a body, and a header characters of any script', async () => {
  const { url, requests, bodies } = await serveBodies();
  const { until } = subscribe(request(url, { headers: [['X-Name', 'あü']], body: 'abc' }));
  await until('end');
  expect(bodies).toEqual(['abc']);
  expect(Buffer.from(String(requests[0]?.headers['x-name']), 'latin1').toString()).toBe('あü');
});

test('a subscription reconnects at the end of the stream, after the reconnection time, with the last event’s id', async () => {
  const { url, requests } = await serveInTurn(stream('retry: 110\nid: 7\ndata: a\n\nid: 8\n'), stream('data: b\n\n'));
  const { told, until, events } = subscribe(request(url), { reconnect: true });
  await until('event', 2);
  expect(told).toContainEqual({ did: 'wait', cause: 'end', delay: 110 });
  // The id of the unfinished event doesn't count.
  expect(requests.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '7']);
  expect(events()).toEqual(['a', 'b']);
});

test('an id is sent in UTF-8, and a given initial id is sent with the first request', async () => {
  const { url, requests } = await serveInTurn(stream('retry: 1\nid: ü–1\ndata: a\n\n'));
  const { until } = subscribe(request(url), { reconnect: true, lastEventId: 'first' });
  await until('connect', 2);
  await until('answer', 2);
  const ids = requests.map(({ headers }) => Buffer.from(String(headers['last-event-id']), 'latin1').toString());
  expect(ids.slice(0, 2)).toEqual(['first', 'ü–1']);
});

test('a stream ends for good if reconnecting is turned off', async () => {
  const { url, requests } = await serveInTurn(stream('data: a\n\n'));
  const { told, until } = subscribe(request(url, { method: 'POST' }));
  await until('end');
  expect(told.at(-1)).toEqual({ did: 'end', cause: 'end', code: undefined });
  expect(requests).toHaveLength(1);
});

test('a stream that is reset in the middle of an event is requested again; the event is discarded, and shown as unfinished', async () => {
  const { url } = await serveInTurn((response) => {
    response.writeHead(200, STREAM);
    response.write('retry: 150\ndata: a\n\ndata: half', () => setTimeout(() => response.socket?.resetAndDestroy(), 20));
  }, stream('data: b\n\n'));
  const { subscription, told, until, events } = subscribe(request(url), { reconnect: true });
  await until('wait');
  expect(subscription.unfinishedFrom).toBe('retry: 150\ndata: a\n\n'.length);
  await until('event', 2);
  expect(events()).toEqual(['a', 'b']);
  expect(told).toContainEqual({ did: 'wait', cause: 'network', delay: 150 });
});

test('the wait doubles with each failure', async () => {
  const { url } = await serveInTurn(stream('retry: 100\n\n'), (response) => response.socket?.destroy());
  const { told, until } = subscribe(request(url), { reconnect: true });
  await until('wait', 5);
  expect(told.flatMap((what) => (what.did === 'wait' ? [what.delay] : []))).toEqual([100, 100, 200, 400, 800]);
});

test('a stream that asks for no pause gets a minimum one', async () => {
  const { url } = await serveInTurn(stream('retry: 0\n\n'));
  const { told, until } = subscribe(request(url), { reconnect: true });
  await until('wait');
  expect(told.at(-1)).toEqual({ did: 'wait', cause: 'end', delay: 100 });
});

test('an id among the headers is the initial value, which the stream updates and resets', async () => {
  const { url, requests } = await serveInTurn(
    stream('retry: 1\n\n'),
    stream('id: 6\ndata: a\n\n'),
    stream('id\ndata: b\n\n'),
    stream(''),
  );
  const headers: [string, string][] = [['last-event-ID', '5']];
  const { until } = subscribe(request(url, { headers }), { reconnect: true });
  await until('answer', 4);
  expect(requests.map(({ headers }) => headers['last-event-id']).slice(0, 4)).toEqual(['5', '5', '6', undefined]);
});

test.each(['\u0080', 'a\u0085b', '\u009f', 'a\tb'])('an id with the control character of %j is sent', async (id) => {
  const { url, requests } = await serveInTurn(stream(`retry: 1\nid: ${id}\ndata: a\n\n`));
  const { until } = subscribe(request(url), { reconnect: true });
  await until('answer', 2);
  expect(Buffer.from(String(requests[1]?.headers['last-event-id']), 'latin1').toString()).toBe(id);
});

test('turning off reconnect takes effect at the stream’s end, or at once during a wait', async () => {
  const { url, requests } = await serveInTurn(
    (response) => response.writeHead(200, STREAM).write('data: a\n\n'),
    stream('data: b\n\n'),
  );
  const { subscription, told, until } = subscribe(request(url), { reconnect: true });
  await until('event');
  subscription.reconnect = false;
  for (const server of servers) server.closeAllConnections();
  await until('end');
  expect(told.some(({ did }) => did === 'wait')).toBe(false);
  const other = subscribe(request(url), { reconnect: true });
  await other.until('wait');
  other.subscription.reconnect = false;
  await other.until('end');
  expect(requests).toHaveLength(2);
});

test('an id that a header can’t carry isn’t sent', async () => {
  const { url, requests } = await serveInTurn(stream('retry: 1\nid: a\x01\ndata: a\n\n'));
  const { until } = subscribe(request(url), { reconnect: true });
  await until('answer', 2);
  expect(requests[1]?.headers['last-event-id']).toBeUndefined();
});

test('a response that switches protocols isn’t a stream, and ends the subscription', async () => {
  const server = createServer().on('upgrade', (_, socket) => {
    // The server no longer owns the socket: it is closed here, when the client has gone.
    socket
      .on('error', () => socket.destroy())
      .on('end', () => socket.destroy())
      .resume();
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  });
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const headers: [string, string][] = [
    ['Connection', 'Upgrade'],
    ['Upgrade', 'websocket'],
  ];
  const { told, until } = subscribe(request(url, { headers }), { reconnect: true });
  await until('end');
  expect(told.at(-1)).toMatchObject({ cause: 'network', code: 'ERR_HTTP_UPGRADE' });
});

test('a request doesn’t accept a coding that can’t be read here', async () => {
  const { url, requests } = await serveInTurn(stream(''));
  const { until } = subscribe(request(url, { headers: [['accept-encoding', 'gzip, deflate;q=0.5, br, compress']] }));
  await until('end');
  expect(requests[0]?.headers['accept-encoding']).toBe('gzip, deflate;q=0.5, br');
});

test('an accepted coding that is none is kept', async () => {
  const { url } = await serveInTurn((response) =>
    response.writeHead(200, { ...STREAM, 'Content-Encoding': '__proto__' }).end('data: a\n\n'),
  );
  const { until, events } = subscribe(request(url));
  await until('end');
  expect(events()).toEqual(['a']);
});

test('a wait can be ended early', async () => {
  const { url } = await serveInTurn(stream('retry: 3600000\ndata: a\n\n'));
  const { subscription, until, events } = subscribe(request(url), { reconnect: true });
  await until('wait');
  subscription.reconnectNow();
  await until('event', 2);
  expect(events()).toEqual(['a', 'a']);
});

test('the onWait handler can reconnect, stop or close at once', async () => {
  const { url, requests } = await serveInTurn(stream('retry: 3600000\ndata: a\n\n'));
  const goingOn = subscribe(request(url), { reconnect: true }, (subscription) => subscription.reconnectNow());
  await goingOn.until('event', 2);
  goingOn.subscription.close();
  const ending = subscribe(request(url), { reconnect: true }, (subscription) => {
    subscription.reconnect = false;
  });
  await ending.until('end');
  expect(ending.told.at(-1)).toMatchObject({ cause: 'end' });
  const asked = requests.length;
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const before = timers();
  const closing = subscribe(request(url), { reconnect: true }, (subscription) => subscription.close());
  await closing.until('wait');
  await expect.poll(timers).toBeLessThanOrEqual(before);
  expect([requests.length, closing.told.at(-1)?.did]).toEqual([asked + 1, 'wait']);
});

test('204 ends the subscription for good', async () => {
  const { url, requests } = await serveInTurn((response) => response.writeHead(204).end());
  const { told, until } = subscribe(request(url), { reconnect: true });
  await until('end');
  expect(told.at(-1)).toMatchObject({ cause: 'noContent' });
  expect(requests).toHaveLength(1);
});

test.each([
  ['a wrong content type', 200, { 'Content-Type': 'application/json; charset=utf-8' }, '{"error":1}'],
  ['an error of the server', 503, STREAM, 'busy'],
  ['no content type', 200, {}, 'what'],
])('%s ends the subscription, and the response is passed on as it is', async (_, status, headers, text) => {
  const { url, requests } = await serveInTurn((response) => response.writeHead(status, headers).end(text));
  const { told, until, body, events } = subscribe(request(url), { reconnect: true });
  await until('end');
  expect(told[1]).toMatchObject({ did: 'answer', status, isEventStream: false });
  expect(told.at(-1)).toMatchObject({ did: 'end', cause: 'response' });
  expect(body()).toBe(text);
  expect(events()).toEqual([]);
  expect(requests).toHaveLength(1);
});

test('a parameter of the content type, and its case, don’t matter', async () => {
  const { url } = await serveInTurn((response) =>
    response.writeHead(200, { 'Content-Type': 'Text/Event-Stream;charset=UTF-8' }).end('data: a\n\n'),
  );
  const { until, events } = subscribe(request(url));
  await until('end');
  expect(events()).toEqual(['a']);
});

test.each([['gzip', () => createGzip({ flush: constants.Z_SYNC_FLUSH })]])(
  'a stream in %s is shown as it comes, not at its end',
  async (coding, newCoder) => {
    const { url } = await serveInTurn((response) => {
      response.writeHead(200, { ...STREAM, 'Content-Encoding': coding });
      const coder = newCoder();
      coder.pipe(response);
      coder.write('data: a\n\n');
    });
    const { until, events } = subscribe(request(url));
    await until('event');
    expect(events()).toEqual(['a']);
  },
);

test.each([
  ['br', brotliCompressSync('data: a\n\n')],
  ['deflate', deflateSync('data: a\n\n')],
])('%s is read, too', async (coding, bytes) => {
  const { url } = await serveInTurn((response) =>
    response.writeHead(200, { ...STREAM, 'Content-Encoding': coding }).end(bytes),
  );
  const { until, events, body } = subscribe(request(url));
  await until('end');
  expect(events()).toEqual(['a']);
  expect(body()).toBe('data: a\n\n');
});

test('a body that isn’t in the coding it names is a readable error, not a crash', async () => {
  const { url } = await serveInTurn((response) =>
    response.writeHead(200, { ...STREAM, 'Content-Encoding': 'gzip' }).end('data: a\n\n'),
  );
  const { told, until } = subscribe(request(url));
  await until('end');
  expect(told.at(-1)).toEqual({ did: 'end', cause: 'network', code: 'Z_DATA_ERROR' });
});

test('redirects are followed', async () => {
  const { url } = await serveInTurn(
    (response) => response.writeHead(307, { Location: '/there' }).end(),
    stream('data: a\n\n'),
  );
  const { until, events } = subscribe(request(url));
  await until('end');
  expect(events()).toEqual(['a']);
});

test('a redirect loop ends with an error', async () => {
  const { url, requests } = await serveInTurn((response) => response.writeHead(302, { Location: '/' }).end());
  const { told, until } = subscribe(request(url), { reconnect: true });
  await until('end');
  expect(told.at(-1)).toEqual({ did: 'end', cause: 'network', code: 'loop' });
  expect(requests).toHaveLength(21);
});

test('secret headers aren’t sent to another origin by a redirect; other headers are', async () => {
  const there = await serveInTurn(stream(''));
  const here = await serveInTurn((response) => response.writeHead(308, { Location: there.url }).end());
  const headers: [string, string][] = [
    ['Authorization', 'Bearer x'],
    ['Cookie', 'a=1'],
    ['X-Api-Key', 'k'],
    ['X-Other', 'o'],
  ];
  const { until } = subscribe(request(here.url, { headers }));
  await until('end');
  expect(here.requests[0]?.headers).toMatchObject({ 'authorization': 'Bearer x', 'cookie': 'a=1', 'x-api-key': 'k' });
  const { authorization, cookie, 'x-api-key': key, 'x-other': other } = there.requests[0]?.headers ?? {};
  expect([authorization, cookie, key, other]).toEqual([undefined, undefined, undefined, 'o']);
});

test('an unknown host ends the subscription; a port where nothing listens is tried again', async () => {
  const unknown = subscribe(request('http://no-such-name.invalid/'), { reconnect: true });
  await unknown.until('end');
  expect(unknown.told.at(-1)).toMatchObject({ cause: 'network', code: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/) });
  const gone = await serve(() => {});
  servers.splice(0).map((server) => server.close());
  const refused = subscribe(request(gone), { reconnect: true });
  await refused.until('wait');
  expect(refused.told.at(-1)).toEqual({ did: 'wait', cause: 'network', delay: 3000 });
});

test('an untrusted certificate ends the subscription, unless the user accepts any', async () => {
  // Certificate made for this test, valid for a hundred years: openssl req -x509 -newkey ec … -subj /CN=localhost
  const certificate = {
    key: readFileSync('test/support/servers/localhost.key'),
    cert: readFileSync('test/support/servers/localhost.pem'),
  };
  const server = createTlsServer(certificate, (_, response) => stream('data: a\n\n')(response)).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const careful = subscribe(request(url), { reconnect: true });
  await careful.until('end');
  expect(careful.told.at(-1)).toMatchObject({ cause: 'network', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  const careless = subscribe(request(url, { insecure: true }));
  await careless.until('end');
  expect(careless.events()).toEqual(['a']);
});

test('closing ends the request at once, and no handler is called after it', async () => {
  const { url, requests } = await serveInTurn((response) => {
    response.writeHead(200, STREAM);
    const timer = setInterval(() => response.write('data: x\n\n'), 1);
    response.on('close', () => clearInterval(timer));
  });
  const { subscription, told, until } = subscribe(request(url), { reconnect: true });
  await until('event', 3);
  subscription.close();
  const count = told.length;
  await once(requests[0]?.socket ?? new EventEmitter(), 'close');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(told).toHaveLength(count);
});

test('closing during a wait, or before there is a response, ends the subscription, too', async () => {
  const { url, requests } = await serveInTurn(() => {});
  const before = subscribe(request(url), { reconnect: true });
  while (requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  before.subscription.close();
  await once(requests[0]?.socket ?? new EventEmitter(), 'close');
  expect(before.told).toEqual([{ did: 'connect', lastEventId: '' }]);
  const ending = await serveInTurn(stream('data: a\n\n'));
  const waiting = subscribe(request(ending.url), { reconnect: true });
  await waiting.until('wait');
  waiting.subscription.close();
  expect(waiting.told.at(-1)).toMatchObject({ did: 'wait' });
});

test('chunks of a byte, a slow stream, an endless line and 10 MB at once are all read completely', async () => {
  const text = `data: ü\r\n\r\ndata: ${'x'.repeat(10_000_000)}\n\ndata: end\n\n`;
  const { url } = await serveInTurn(async (response) => {
    response.writeHead(200, STREAM);
    response.socket?.setNoDelay(true);
    const bytes = Buffer.from(text);
    for (let at = 0; at < 40; at += 1) {
      response.write(bytes.subarray(at, at + 1));
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.end(bytes.subarray(40));
  });
  const { until, events, body } = subscribe(request(url));
  await until('end');
  expect(events().map((data) => data.length)).toEqual([1, 10_000_000, 3]);
  expect(body() === text).toBe(true);
});

test('the part of an event beyond 16 MB is omitted, and reported; the next event is complete', async () => {
  const megabyte = Buffer.alloc(1024 * 1024, 'x');
  const { url } = await serveInTurn(async (response) => {
    response.writeHead(200, STREAM);
    response.write('data:');
    for (let n = 0; n < 40; n += 1) if (!response.write(megabyte)) await once(response, 'drain');
    response.end('\n\ndata: next\n\n');
  });
  const { told, until } = subscribe(request(url));
  await until('end');
  const [large, next] = told.flatMap((what) => (what.did === 'event' ? [what] : []));
  expect((large?.data.length ?? 0) + 'data:'.length).toBe(16 * megabyte.length);
  expect(large?.omitted).toBe(24 * megabyte.length + 'data:'.length);
  expect(next).toMatchObject({ data: 'next', omitted: 0 });
});
