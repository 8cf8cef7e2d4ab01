import { expect, test } from 'vitest';
import { ask, eventually, openStream, sendRaw, startServer } from '../../support/servers/testServer';

test('the page on / is HTML that requests the stream by a relative address', async () => {
  const { url } = await startServer();
  const { status, headers, body } = await ask(url);
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(body).toContain(`new EventSource('event')`);
  expect(body).not.toMatch(/(src|href)="\//);
});

test('HEAD is answered on both like GET, without a body and without a stream', async () => {
  const { url, opened } = await startServer();
  const page = await ask(url, { method: 'HEAD' });
  expect([page.status, page.headers['content-type'], page.body]).toEqual([200, 'text/html; charset=utf-8', '']);
  const stream = await ask(`${url}event`, { method: 'HEAD' });
  expect([stream.status, stream.headers['content-type'], stream.body]).toEqual([200, 'text/event-stream', '']);
  expect((await ask(`${url}event?limit=0`, { method: 'HEAD' })).status).toBe(400);
  expect(opened).toEqual([]);
});

test.each(['event/', 'events', 'favicon.ico', '..%2f', 'event%00', '/event', '*'])('%s is not found', async (path) => {
  const { url } = await startServer();
  expect((await ask(url, { path: `/${path}` })).status).toBe(404);
});

test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'])(
  '%s is not allowed, and Allow says what is',
  async (method) => {
    const { url } = await startServer();
    for (const path of ['', 'event']) {
      const { status, headers } = await ask(`${url}${path}`, { method });
      expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
    }
  },
);

test('CONNECT, which is for proxies, is not allowed either, and leaves no socket open', async () => {
  const { url, port, server } = await startServer();
  const answer = await sendRaw(port, 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1.1 405 .*Allow: GET, HEAD\r\n/s);
  expect((await ask(url)).status).toBe(200);
  await server.close();
});

test('a target in absolute form, as proxies send it, is understood', async () => {
  const { port } = await startServer();
  const request = (target: string) => `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
  expect(await sendRaw(port, request(`http://127.0.0.1:${port}/event?limit=0`))).toMatch(/^HTTP\/1.1 400 .*"limit"/s);
  expect(await sendRaw(port, request(`http://127.0.0.1:${port}`))).toMatch(/^HTTP\/1.1 200 .*<!doctype html>/s);
});

const malformed = {
  'no HTTP at all': 'hello\r\n\r\n',
  'a TLS greeting': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  'an unknown version': 'GET / HTTP/9.9\r\nHost: localhost\r\n\r\n',
  'no Host': 'GET / HTTP/1.1\r\n\r\n',
  'a header without a colon': 'GET / HTTP/1.1\r\nHost: localhost\r\nbroken\r\n\r\n',
  'two lengths that differ': 'GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
};

test.each(Object.entries(malformed))('a malformed request (%s) gets 400, and the server goes on', async (_, text) => {
  const { url, port, errors } = await startServer();
  expect(await sendRaw(port, text)).toMatch(/^HTTP\/1.1 400 /);
  expect((await ask(url)).status).toBe(200);
  expect(errors).toEqual([]);
});

test('no target breaks the server: it answers each, and goes on', async () => {
  const { url, port, errors } = await startServer();
  for (const target of [
    '//',
    '///',
    'http://',
    'http://[',
    '/%',
    '/event?%',
    '/event?&&&',
    '/?x',
    '?',
    '/event#x',
    '/\xff',
  ]) {
    const request = `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
    expect(await sendRaw(port, request), target).toMatch(/^HTTP\/1.1 (200|400|403|404) /);
  }
  expect((await ask(url)).status).toBe(200);
  expect(errors).toEqual([]);
});

test('while the maximum number of streams is open, the next client gets 503 with Retry-After', async () => {
  const { url, opened, closed } = await startServer({ maxConnections: 2 });
  const first = await openStream(`${url}event`);
  await openStream(`${url}event`);
  for (const method of ['GET', 'HEAD']) {
    const { status, headers, body } = await ask(`${url}event`, { method });
    expect([
      status,
      headers['retry-after'],
      body.startsWith('Too many open streams (limit 2). ') || method === 'HEAD',
    ]).toEqual([503, '5', true]);
  }
  expect((await ask(url)).status).toBe(200);
  first.response.destroy();
  await eventually(() => closed.length === 1);
  expect((await openStream(`${url}event`)).response.statusCode).toBe(200);
  expect(opened).toHaveLength(3);
});

test('the panel’s stream is always let in and replaces the one before; another token is refused', async () => {
  const { url, server } = await startServer({ maxConnections: 1, panelToken: 'secret' });
  await openStream(`${url}event`);
  const first = await openStream(`${url}event?panel=secret.1`);
  expect(first.response.statusCode).toBe(200);
  const second = await openStream(`${url}event?panel=secret.3`);
  expect(second.response.statusCode).toBe(200);
  await first.whole;
  await eventually(() => server.connectionCount === 2);
  // An abandoned attempt may arrive late through a slow proxy: it must not end the newer stream.
  for (const attempt of [1, 2, 3]) expect((await ask(`${url}event?panel=secret.${attempt}`)).status).toBe(409);
  for (const token of [
    '',
    'secret',
    'secre.4',
    'secrett.4',
    'SECRET.4',
    'secret.4&interval=10',
    'secret.x',
    'secret.-4',
  ]) {
    const { status, body } = await ask(`${url}event?panel=${token}`);
    expect([status, body.includes('secret')], token).toEqual([400, false]);
  }
  expect(server.connectionCount).toBe(2);
});

test('without a panel there is no such option', async () => {
  const { url } = await startServer();
  expect((await ask(`${url}event?panel=undefined.1`)).status).toBe(400);
});

test('an error in a handler is reported and answered with 500; the server goes on', async () => {
  const broken = new Error('broken');
  const { url, errors } = await startServer({
    openStream: () => {
      throw broken;
    },
  });
  expect((await ask(`${url}event`)).status).toBe(500);
  expect(errors).toEqual([broken]);
  expect((await ask(url)).status).toBe(200);
});

test('an error after the headers were sent closes the stream and leaves none behind', async () => {
  const broken = new Error('broken');
  const { url, server, errors } = await startServer({
    openStream: () => ({
      status: 200,
      play: () => {
        throw broken;
      },
    }),
  });
  const { whole } = await openStream(`${url}event`);
  await expect(whole).rejects.toThrow('aborted');
  await eventually(() => server.connectionCount === 0);
  expect(errors).toEqual([broken]);
});
