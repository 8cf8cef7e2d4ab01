// The connections over HTTP: GET /connections, POST /drop and POST /refuse.
import { expect, test } from 'vitest';
import { serveScript } from '../../support/mock/scriptServer';
import { ask, connectTo, eventually, openStream, startServer } from '../../support/servers/testServer';

/** Asks a server by POST. */
const post = (url: string) => ask(url, { method: 'POST' });

/** Serves a file, and returns the root of its server, too. */
async function serve(file = '') {
  const server = await serveScript(file);
  return { ...server, root: server.url };
}

test('GET /connections lists the open ones, the oldest first', async () => {
  const { root, stream } = await serve('id: 1\ndata: a\n\n');
  expect(await ask(`${root}connections`)).toMatchObject({
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: '[]\n',
  });
  const before = Date.now();
  const first = await openStream(stream);
  await first.until('data: a\n\n');
  const origin = root.slice(0, -1);
  const second = await openStream(`${stream}?lastEventId=%C3%A9`, { headers: { origin } });
  await post(`${root}publish`);
  await second.until('data: \n\n');
  const listed = JSON.parse((await ask(`${root}connections`)).body);
  expect(listed).toEqual([
    { id: 1, path: '/event', since: expect.any(Number), lastEventId: '', origin: null, eventsSent: 2 },
    { id: 2, path: '/event', since: expect.any(Number), lastEventId: 'é', origin, eventsSent: 2 },
  ]);
  expect(listed[0].since).toBeGreaterThanOrEqual(before);
  expect(listed[0].since).toBeLessThanOrEqual(Date.now());
  first.response.destroy();
  await eventually(async () => JSON.parse((await ask(`${root}connections`)).body).length === 1);
});

test('what a client sends as its id can’t steer the terminal of whoever lists it', async () => {
  const { root, stream } = await serve('data: a\n\n');
  await openStream(`${stream}?lastEventId=%1B%C2%9B31m%E2%80%AE`);
  const { body } = await ask(`${root}connections`);
  expect(body).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
  expect(JSON.parse(body)).toMatchObject([{ lastEventId: '\x1b\u009b31m\u202e' }]);
});

test('a wait gets the connection that comes next, and one that came and went before it', async () => {
  const { root, stream, source } = await serve();
  const waiting = ask(`${root}connections?wait=1&timeout=60`);
  await openStream(stream, { headers: { 'Last-Event-ID': '7' } });
  expect(JSON.parse((await waiting).body)).toMatchObject([{ id: 1, lastEventId: '7' }]);
  (await openStream(stream)).response.destroy();
  await eventually(() => [...source.connections].length === 1);
  expect(JSON.parse((await ask(`${root}connections?wait=1`)).body)).toMatchObject([{ id: 2 }]);
});

test('a wait that takes too long gets 408 and says what came instead', async () => {
  const { root, stream, source } = await serve();
  const late = () => ask(`${root}connections?wait=1&timeout=0.01`);
  expect(await late()).toMatchObject({ status: 408, body: 'No connection within 0.01 s: none came.\n' });
  await openStream(stream);
  await ask(`${root}connections?wait=1`);
  source.refuse(1);
  await ask(stream);
  await ask(`${root}favicon.ico`);
  expect((await late()).body).toBe(
    'No connection within 0.01 s: 1 connection came, none with Last-Event-ID, and earlier calls had it; 1 request was refused, the last with 503: Refused, as was asked for.\n',
  );
});

test('a client that leaves ends its wait, and the next one gets the connection', async () => {
  const { root, stream, port, server } = await serve();
  const left = await connectTo(port);
  left.write(`GET /connections?wait=1 HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  // Requests that come later are answered once the server has seen that of the first, and its end.
  await ask(root);
  const waiting = ask(`${root}connections?wait=1`);
  left.destroy();
  await eventually(() => left.closed);
  await ask(root);
  await openStream(stream);
  expect(JSON.parse((await waiting).body)).toMatchObject([{ id: 1 }]);
  expect(server.connectionCount).toBe(1);
});

test('a wait outlasts the time for which an inactive connection is kept', async () => {
  const { source } = await serve();
  const { url } = await startServer({ source, limits: { timeout: 50, connectionsCheckingInterval: 10 } });
  expect((await ask(`${url}connections?wait=1&timeout=0.4`)).status).toBe(408);
});

test('at most 100 requests wait at a time', async () => {
  const { root, stream } = await serve();
  const waiting = Array.from({ length: 101 }, () => ask(`${root}connections?wait=1`));
  expect(await Promise.race(waiting)).toMatchObject({
    status: 503,
    headers: { 'retry-after': '1' },
    body: 'Too many waits at once (limit 100).\n',
  });
  for (let n = 0; n < 100; n += 1) await openStream(stream);
  const answers = await Promise.all(waiting);
  expect(answers.filter(({ status }) => status === 200).length).toBe(100);
});

test('when its source is closed, a wait gets 503', async () => {
  const { root, source } = await serve();
  const waiting = ask(`${root}connections?wait=1`);
  await ask(root);
  source.control.close();
  expect(await waiting).toMatchObject({ status: 503, body: 'The server is closed.\n' });
});

test('POST /drop drops all connections, or one', async () => {
  const { root, stream } = await serve();
  const [first, second, third] = [await openStream(stream), await openStream(stream), await openStream(stream)];
  expect(await post(`${root}drop?id=2`)).toMatchObject({ status: 200, body: 'Dropped 1 connection.\n' });
  await expect(second.whole).rejects.toThrow('aborted');
  expect(await post(`${root}drop?id=2`)).toMatchObject({
    status: 404,
    body: 'Connection 2 is not open. GET /connections lists those that are.\n',
  });
  expect(await post(`${root}drop`)).toMatchObject({ status: 200, body: 'Dropped 2 connections.\n' });
  await expect(first.whole).rejects.toThrow('aborted');
  await expect(third.whole).rejects.toThrow('aborted');
  expect((await post(`${root}drop`)).body).toBe('Dropped 0 connections.\n');
});

test('POST /refuse refuses the next requests, one request after the other', async () => {
  const { root, stream } = await serve();
  expect((await post(`${root}refuse`)).body).toBe('The next request gets 503.\n');
  expect((await post(`${root}refuse?status=429&retryAfter=7&times=2`)).body).toBe(
    'After 1 that are refused already, the next 2 requests get 429.\n',
  );
  await post(`${root}refuse?status=204&retryAfter=7`);
  const answers = [];
  for (let n = 0; n < 4; n += 1) answers.push(await ask(stream));
  expect(answers.map(({ status, headers, body }) => [status, headers['retry-after'], body])).toEqual([
    [503, undefined, 'Refused, as was asked for.\n'],
    [429, '7', 'Refused, as was asked for.\n'],
    [429, '7', 'Refused, as was asked for.\n'],
    [204, undefined, ''],
  ]);
  expect((await openStream(stream)).response.statusCode).toBe(200);
});

test('at most 1000 requests are refused in advance', async () => {
  const { root, source } = await serve();
  expect((await post(`${root}refuse?times=1000`)).status).toBe(200);
  expect(await post(`${root}refuse`)).toMatchObject({ status: 409, body: expect.stringMatching(/^At most 1000 /) });
  expect(source.refusals).toBe(1000);
});

test.each([
  ['GET', 'connections?x=1', 'Unknown option "x": the options are wait, timeout.'],
  ['GET', 'connections?wait=2', 'The option "wait" takes 1.'],
  ['GET', 'connections?timeout=5', 'The option "timeout" needs wait=1.'],
  ['GET', 'connections?wait=1&timeout=3601', 'The option "timeout" takes a number of seconds from 0 to 3600.'],
  ['GET', 'connections?wait=1&timeout=1e3', 'The option "timeout" takes a number of seconds from 0 to 3600.'],
  ['POST', 'drop?ids=1', 'Unknown option "ids": the option is id.'],
  ['POST', 'drop?id=0', 'The option "id" takes a whole number from 1 to 9007199254740991.'],
  ['POST', 'refuse?status=200', 'The option "status" takes 204 or 400 to 599.'],
  ['POST', 'refuse?status=600', 'The option "status" takes 204 or 400 to 599.'],
  ['POST', 'refuse?times=1001', 'The option "times" takes a whole number from 1 to 1000.'],
  ['POST', 'refuse?retryAfter=1.5', 'The option "retryAfter" takes a whole number of seconds from 0 to 99999.'],
])('%s /%s is refused with a sentence', async (method, target, reason) => {
  const { root } = await serve();
  expect(await ask(root + target, { method })).toMatchObject({ status: 400, body: `${reason}\n` });
});

test.each([
  ['connections', 'GET'],
  ['drop', 'POST'],
  ['refuse', 'POST'],
])('/%s is for %s alone, and not for web pages, also those that may read the stream', async (path, method) => {
  const { root, source } = await serve();
  const origin = root.slice(0, -1);
  for (const other of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'].filter((name) => name !== method)) {
    expect(await ask(root + path, { method: other })).toMatchObject({ status: 405, headers: { allow: method } });
  }
  for (const headers of [{ origin }, { 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }]) {
    expect((await ask(root + path, { method, headers })).status).toBe(403);
  }
  const preflight = { origin, 'access-control-request-method': method };
  const { status, headers } = await ask(root + path, { method: 'OPTIONS', headers: preflight });
  expect([status, headers['access-control-allow-methods']]).toEqual([405, undefined]);
  expect(source.refusals).toBe(0);
});

test('a source without such a control has none of these paths, as the counter', async () => {
  const { url } = await startServer();
  expect((await ask(`${url}connections`)).status).toBe(404);
  for (const path of ['drop', 'refuse']) expect((await post(url + path)).status).toBe(404);
});

test('a body that comes along is ignored', async () => {
  const { root } = await serve();
  const body = 'x'.repeat(1e6);
  expect((await ask(`${root}refuse`, { method: 'POST', body })).status).toBe(200);
});
