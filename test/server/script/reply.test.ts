// Replies as a file says: its path, head, headers, and what an unknown id gets.
import { expect, test } from 'vitest';
import { ALLOWED_ORIGINS } from '../../../src/server/defaults';
import { RequestGuard } from '../../../src/server/guard/requestGuard';
import { ScriptSource } from '../../../src/server/script/scriptSource';
import { Turns } from '../../../src/turns/turns';
import { scriptOf, serveScript } from '../../support/mock/scriptServer';
import { ask, connectTo, eventually, openStream, startServer } from '../../support/servers/testServer';

const withId = (id: string) => ({ headers: { 'Last-Event-ID': id } });

test('the stream is on its own path and on /event, with all that goes with it; elsewhere a 404 names both', async () => {
  const { url, stream, source } = await serveScript(':@ path /v1/orders\ndata: a\n\n');
  const own = `${url}v1/orders`;
  const streams = await Promise.all([openStream(own), openStream(stream)]);
  for (const one of streams) await one.until('data: a\n\n');
  expect((await ask(own, { method: 'POST', body: 'b' })).body).toBe('Sent on 2 connections.\n');
  for (const one of streams) await one.until('data: b\n\n');
  expect([...source.connections]).toHaveLength(2);
  expect((await ask(own, { method: 'HEAD' })).status).toBe(200);
  expect((await ask(own, { method: 'PUT' })).headers.allow).toBe('GET, HEAD, POST');
  const other = await ask(`${url}v1`);
  expect([other.status, other.body]).toEqual([
    404,
    'Not found: the stream is on /v1/orders and /event, the page on /.\n',
  ]);
});

test('pages of allowed origins may ask for its own path; pages can’t publish on it', async () => {
  const script = scriptOf(':@ path /orders\ndata: a\n\n:@ end\n');
  const source = new ScriptSource(script, { turns: new Turns(), onChange: () => undefined });
  const { url } = await startServer({ source, guard: new RequestGuard(ALLOWED_ORIGINS) });
  const headers = { 'Origin': 'http://localhost:5173', 'Access-Control-Request-Method': 'GET' };
  const preflight = await ask(`${url}orders`, { method: 'OPTIONS', headers });
  expect(preflight.headers['access-control-allow-methods']).toBe('GET, HEAD');
  const posted = await ask(`${url}orders`, { method: 'POST', headers: { Origin: 'http://localhost:5173' }, body: 'x' });
  expect(posted.status).toBe(403);
});

test('headers of the file are sent, also several of a name, and in place of ours', async () => {
  const { stream } = await serveScript(
    `${[
      'header Mcp-Session-Id: abc',
      'header content-type: text/plain; charset=x',
      'header Set-Cookie: a=1',
      'header Set-Cookie: b=2',
    ]
      .map((directive) => `:@ ${directive}\n`)
      .join('')}data: a\n\n:@ end\n`,
  );
  for (const method of ['GET', 'HEAD']) {
    const { headers } = await ask(stream, { method });
    expect(headers).toMatchObject({
      'mcp-session-id': 'abc',
      'content-type': 'text/plain; charset=x',
      'set-cookie': ['a=1', 'b=2'],
      'cache-control': 'no-cache, no-transform',
      'x-content-type-options': 'nosniff',
    });
    expect(headers['content-security-policy']).toBeUndefined();
  }
});

test('a navigation gets what has headers of its own as a sandbox', async () => {
  const { stream } = await serveScript(':@ header Content-Type: text/html\ndata: <script></script>\n\n:@ end\n');
  const { headers } = await ask(stream, { headers: { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Site': 'none' } });
  expect(headers['content-security-policy']).toBe('sandbox');
});

test('where it isn’t trusted, its headers are left out', async () => {
  const script = scriptOf(':@ header Content-Type: text/html\ndata: a\n\n:@ end\n');
  const source = new ScriptSource(script, {
    turns: new Turns(),
    onChange: () => undefined,
    ignoresHeaders: () => true,
  });
  const { url } = await startServer({ source });
  expect((await ask(`${url}event`)).headers['content-type']).toBe('text/event-stream');
});

test('the head comes as late as the file says, and the script begins with it', async () => {
  const { stream, source } = await serveScript(':@ head 300ms\n:@ wait 200ms\ndata: a\n\n:@ end\n');
  const begun = performance.now();
  const opened = await openStream(stream);
  const headAfter = performance.now() - begun;
  expect(headAfter).toBeGreaterThan(290);
  expect(await opened.whole).toBe('data: a\n\n');
  // Not from the head on: a busy client may have seen that late.
  expect(performance.now() - begun).toBeGreaterThan(490);
  expect([...source.connections]).toEqual([]);
  // Ten times as fast, the head is, too.
  const fast = performance.now();
  await openStream(`${stream}?speed=10`);
  expect(performance.now() - fast).toBeLessThan(headAfter);
});

test('a client that leaves before the head was never there, and its place is free again', async () => {
  const script = scriptOf(':@ head 3600s\ndata: a\n\n');
  const source = new ScriptSource(script, { turns: new Turns(), onChange: () => undefined });
  const { port, url } = await startServer({ source, maxConnections: 1 });
  const socket = await connectTo(port);
  socket.write('GET /event HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  await eventually(async () => (await ask(`${url}event?speed=x`)).status === 400);
  // A HEAD request is answered at once, and refused as any other.
  const isRefused = async () => (await ask(`${url}event`, { method: 'HEAD' })).status === 503;
  expect(await isRefused()).toBe(true);
  socket.destroy();
  await eventually(async () => !(await isRefused()));
  expect([...source.connections]).toEqual([]);
});

test('a failure while a late head is sent is reported, and answered with 500', async () => {
  const failing = { status: 200 as const, headers: [['X-Id', '\n'] as const], headDelay: 1, play: () => () => {} };
  const { errors, url } = await startServer({ openStream: () => failing });
  expect((await ask(`${url}event`)).status).toBe(500);
  expect(errors).toMatchObject([{ code: 'ERR_INVALID_CHAR' }]);
});

test('the server closes at once, also while a head is late', async () => {
  const script = scriptOf(':@ head 3600s\ndata: a\n\n');
  const source = new ScriptSource(script, { turns: new Turns(), onChange: () => undefined });
  const { server, port, url } = await startServer({ source });
  const socket = await connectTo(port);
  const closed = new Promise((resolve) => socket.on('error', () => undefined).once('close', resolve));
  socket.write('GET /event HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  // A request that comes later is answered, so the first one has come.
  expect((await ask(`${url}event?speed=x`)).status).toBe(400);
  await server.close();
  await closed;
});

test.each([
  ['{"error": {"type": "rate_limit_error"}}', 'application/json'],
  ['Come later.', 'text/plain; charset=utf-8'],
])('a refusal has the body %s as %s', async (body, type) => {
  const { stream } = await serveScript(`:@ status 429 retry-after 2\n:@ body ${body}\ndata: a\n\n:@ end\n`);
  const refused = await ask(stream);
  expect([refused.status, refused.body]).toEqual([429, body]);
  expect(refused.headers).toMatchObject({ 'content-type': type, 'retry-after': '2' });
  expect((await ask(stream)).status).toBe(200);
});

test.each<[unknownId: string, status: number, body: string]>([
  ['204', 204, ''],
  ['409', 409, 'This Last-Event-ID isn’t known here. Come without it, from the beginning.\n'],
  ['resync', 200, 'event: resync\ndata: 7\n\nid: 1\ndata: a\n\n'],
])('with unknown-id %s, an id that the file doesn’t have gets %i', async (unknownId, status, body) => {
  const { stream } = await serveScript(`:@ unknown-id ${unknownId}\nid: 1\ndata: a\n\n:@ wait 1ms\n:@ end\n`);
  const unknown = await ask(stream, withId('7'));
  expect([unknown.status, unknown.body]).toEqual([status, body]);
  expect((await ask(stream)).body).toBe('id: 1\ndata: a\n\n');
  // Known ids are resumed behind as ever; here, that is the end.
  expect((await ask(stream, withId('1'))).status).toBe(204);
});

test('with both methods, POST begins and GET resumes, as in MCP', async () => {
  const { stream } = await serveScript(':@ method POST, GET\nid: 1\ndata: a\n\n:@ drop\nid: 2\ndata: b\n\n:@ end\n');
  const first = await openStream(stream, { method: 'POST', body: '{}' });
  await first.until('id: 1\ndata: a\n\n');
  await first.whole.catch(() => undefined);
  expect((await ask(stream, withId('1'))).body).toBe('id: 2\ndata: b\n\n');
  const begun = await ask(stream);
  expect([begun.status, begun.headers.allow]).toEqual([405, 'POST']);
  expect((await ask(stream, { method: 'PUT' })).headers.allow).toBe('POST, GET');
});

test('a line that is cut leaves in two writes, also in the middle of a character', async () => {
  const { port } = await serveScript(':@ cut 8 100ms\ndata: 北京\n\n:@ end\n');
  const socket = await connectTo(port);
  let received = '';
  let [halfAt, wholeAt] = [0, 0];
  socket.on('data', (data) => {
    received += data.toString('latin1');
    if (received.endsWith('\xe5\x8c')) halfAt = performance.now();
    if (received.endsWith('\x97\xe4\xba\xac\n\n')) wholeAt = performance.now();
  });
  socket.write('GET /event HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n');
  await new Promise((resolve) => socket.once('close', resolve));
  expect(halfAt).toBeGreaterThan(0);
  expect(wholeAt - halfAt).toBeGreaterThan(80);
});
