import { expect, test } from 'vitest';
import { requestOf, scriptOf, serveScript } from '../../support/mock/scriptServer';
import { ask, eventually, openStream } from '../../support/servers/testServer';
import { clockLateness } from '../../support/time/lateness';

const COUNTING = Array.from({ length: 100 }, (_, n) => `data: ${n}\n\n:@ wait 10ms\n`).join('');

test('a pause stops all connections, and playing resumes at the same position', async () => {
  const { stream, source } = await serveScript(COUNTING);
  const one = await openStream(stream);
  await one.until('data: 5\n\n');
  source.pause(true);
  const held = one.text();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(one.text().length - held.length).toBeLessThan(20);
  source.pause(false);
  const start = performance.now();
  await one.until('data: 99\n\n');
  // The position when it was paused: on a busy machine, further than the client had read.
  const left =
    100 -
    (one
      .text()
      .slice(0, held.length)
      .match(/^data:/gm)?.length ?? 0);
  expect(performance.now() - start).toBeGreaterThan(10 * left - 50);
});

test('a connection that is opened while paused gets its first event when the pause is over', async () => {
  const { stream, source } = await serveScript('data: a\n\n:@ end\n');
  source.pause(true);
  const one = await openStream(stream);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(one.text()).toBe('');
  source.pause(false);
  expect(await one.whole).toBe('data: a\n\n');
});

test('restart starts the file over on each connection, after the event in progress', async () => {
  const { stream, source } = await serveScript('data: a\n\n:@ wait 10ms\ndata: b\n:@ wait 60s\ndata: c\n\n');
  const one = await openStream(stream);
  await one.until('data: b\n');
  source.restart();
  await one.until('data: c\n\ndata: a\n\ndata: b\n');
});

test('on a shared timeline, a client that comes later begins where the others are', async () => {
  const { stream, source } = await serveScript(COUNTING);
  source.share(true);
  const first = await openStream(stream);
  await first.until('data: 20\n\n');
  const second = await openStream(stream);
  await second.until('\n\n');
  expect(Number(/data: (\d+)/.exec(second.text())?.[1])).toBeGreaterThanOrEqual(20);
  await Promise.all([first.until('data: 60\n\n'), second.until('data: 60\n\n')]);
});

test('connections that are open share the timeline, too, which begins at once', async () => {
  const { stream, source } = await serveScript(COUNTING);
  const first = await openStream(stream);
  await first.until('data: 10\n\n');
  const second = await openStream(stream);
  await second.until('data: 3\n\n');
  source.share(true);
  await Promise.all([first, second].map(({ text }) => eventually(() => text().split('data: 0\n\n').length === 3)));
  // With timelines of their own, one would stay seven events ahead of the other, up to the file's end.
  const [one, other] = [...source.connections].map(({ player }) => player);
  await eventually(() => (one?.event ?? 0) > 8 && one?.event === other?.event);
  expect(one?.event).toBeLessThan(100);
});

test('on a shared timeline, no client begins in the middle of an event, and all are in the same round of a loop', async () => {
  const { stream, source } = await serveScript('data: a\n:@ wait 30ms\ndata: b\n\n:@ wait 30ms\n:@ loop\n');
  source.share(true);
  for (let n = 0; n < 10; n += 1) {
    const one = await openStream(stream);
    await one.until('data: a\ndata: b\n\ndata: a\ndata: b\n\n');
    expect(one.text().startsWith('data: a\ndata: b\n\n')).toBe(true);
    one.response.destroy();
  }
  expect(await ask(`${stream}?speed=2`)).toMatchObject({ status: 400 });
});

test('on a shared timeline that is over, a new client gets 204; saving the file restarts the timeline', async () => {
  const { stream, source } = await serveScript('data: a\n\n:@ end\n');
  source.share(true);
  await eventually(() => source.main?.openStream(requestOf()).status === 204);
  source.load(scriptOf(':@ wait 500ms\ndata: b\n\n:@ end\n'));
  expect(await (await openStream(stream)).whole).toBe('data: b\n\n');
});

test('on a shared timeline, a client that resumes gets at once what it has missed', async () => {
  const file = [1, 2, 3, 4].map((n) => `id: ${n}\ndata: ${n}\n\n:@ wait 50ms\n`).join('');
  const { stream, source } = await serveScript(file);
  source.share(true);
  const first = await openStream(stream);
  await first.until('data: 4\n\n');
  const start = performance.now();
  const late = await clockLateness(async () => {
    const second = await openStream(stream, { headers: { 'Last-Event-ID': '1' } });
    await second.until('data: 4\n\n');
    expect(second.text()).toBe('id: 2\ndata: 2\n\nid: 3\ndata: 3\n\nid: 4\ndata: 4\n\n');
  });
  expect(performance.now() - start).toBeLessThan(80 + 2 * late);
});

test('the requested number of connection attempts is refused', async () => {
  const { stream, source } = await serveScript('data: a\n\n:@ end\n');
  source.refuse(2);
  expect((await ask(stream)).status).toBe(503);
  expect(source.refusals).toBe(1);
  expect((await ask(stream)).status).toBe(503);
  expect((await ask(stream)).status).toBe(200);
  source.refuse(5);
  source.refuse(0);
  expect((await ask(stream)).status).toBe(200);
});

test('one connection is dropped, or all', async () => {
  const { stream, source, server } = await serveScript('data: a\n\n');
  const streams = await Promise.all([1, 2, 3].map(() => openStream(stream)));
  const [second] = [...source.connections].slice(1);
  source.control.drop(second?.id ?? 0);
  await eventually(() => server.connectionCount === 2);
  expect([...source.connections].map(({ id }) => id)).toEqual([1, 3]);
  void source.control.dropAll();
  for (const { whole } of streams) await expect(whole).rejects.toThrow('aborted');
  expect([...source.connections]).toEqual([]);
});

test('a published text is an event for every connection; its type and id are the query’s', async () => {
  const { stream, url } = await serveScript('');
  const streams = await Promise.all([1, 2].map(() => openStream(stream)));
  expect(await ask(stream, { method: 'POST', body: 'hello' })).toMatchObject({
    status: 200,
    body: 'Sent on 2 connections.\n',
  });
  await ask(`${url}publish?event=greeting&id=7`, { method: 'POST', body: 'two\nlines\n' });
  for (const { until, text } of streams) {
    await until('lines\n\n');
    expect(text()).toBe('data: hello\n\nevent: greeting\nid: 7\ndata: two\ndata: lines\n\n');
  }
});

test('a published event stream is sent as it is', async () => {
  const { stream } = await serveScript('');
  const one = await openStream(stream);
  const body = ': note\r\ndata: 1\r\n\r\nretry: 5\n\n';
  await ask(stream, { method: 'POST', body, headers: { 'Content-Type': 'text/event-stream; charset=utf-8' } });
  expect(await one.until('retry: 5\n\n')).toBe(body);
});

test('a published event stream is sent without its byte order mark, which would be part of its first field', async () => {
  const { stream } = await serveScript('data: a\n\n');
  const one = await openStream(stream);
  await one.until('data: a\n\n');
  const body = '\ufeffid: 1\ndata: b\n\ndata: \ufeffc\n\n';
  await ask(stream, { method: 'POST', body, headers: { 'Content-Type': 'text/event-stream' } });
  await one.until('c\n\n');
  expect(one.text()).toBe('data: a\n\nid: 1\ndata: b\n\ndata: \ufeffc\n\n');
  const resumed = await openStream(stream, { headers: { 'Last-Event-ID': '1' } });
  expect(await resumed.until('c\n\n')).toBe('data: \ufeffc\n\n');
});

test('a publication is sent after the event in progress, never within it', async () => {
  const { stream } = await serveScript('data: a\n:@ wait 200ms\ndata: b\n\n');
  const one = await openStream(stream);
  await one.until('data: a\n');
  await ask(stream, { method: 'POST', body: 'between' });
  expect(await one.until('between\n\n')).toBe('data: a\ndata: b\n\ndata: between\n\n');
});

test.each([
  ['of another site', { origin: 'https://evil.example' }],
  ['of this machine, which may read', { origin: 'http://localhost:5173' }],
  ['that sends no origin', { 'sec-fetch-site': 'same-origin' }],
])('a web page %s can’t publish', async (_, headers) => {
  const { url, source } = await serveScript('');
  await openStream(`${url}event`);
  for (const path of ['event', 'publish'])
    expect((await ask(url + path, { method: 'POST', body: 'x', headers })).status).toBe(403);
  expect([...source.connections][0]?.connection.eventsSent).toBe(0);
});

test('a publication that is too large, or has a wrong option, is refused', async () => {
  const { stream } = await serveScript('');
  expect((await ask(stream, { method: 'POST', body: 'x'.repeat(2 ** 20) })).status).toBe(200);
  expect((await ask(stream, { method: 'POST', body: 'x'.repeat(2 ** 20 + 1) })).status).toBe(413);
  expect((await ask(`${stream}?event=a%0Ab`, { method: 'POST', body: 'x' })).status).toBe(400);
  expect((await ask(`${stream}?id=%00`, { method: 'POST', body: 'x' })).status).toBe(400);
});

test('if the file says so, streams are requested by POST, and publishing is on /publish', async () => {
  const { stream, url } = await serveScript(':@ method POST\ndata: a\n\n');
  expect(await ask(stream)).toMatchObject({ status: 405, headers: { allow: 'POST' } });
  const one = await openStream(stream, { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } });
  await one.until('data: a\n\n');
  await ask(`${url}publish`, { method: 'POST', body: 'b' });
  await one.until('data: b\n\n');
});

test('a page of an allowed origin may open such a stream, with the headers that its preflight names', async () => {
  const { stream } = await serveScript(':@ method POST\ndata: a\n\n');
  const headers = {
    'origin': stream.slice(0, -'/event'.length),
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,content-type',
  };
  expect(await ask(stream, { method: 'OPTIONS', headers })).toMatchObject({
    status: 204,
    headers: { 'access-control-allow-methods': 'POST', 'access-control-allow-headers': 'authorization,content-type' },
  });
});

test('if streams are requested by GET, a page’s preflight shows that it may not POST', async () => {
  const { stream } = await serveScript('');
  const headers = { 'origin': stream.slice(0, -'/event'.length), 'access-control-request-method': 'POST' };
  expect((await ask(stream, { method: 'OPTIONS', headers })).headers['access-control-allow-methods']).toBe('GET, HEAD');
});

test('the page on / knows the types of the file’s events, whatever they are, and the stream’s method', async () => {
  const { url, source } = await serveScript('event: a"><script>&\ndata: 1\n\n');
  const listed = '<body data-method="GET" data-types="[&#34;a\\&#34;&#62;&#60;script&#62;&#38;&#34;]">';
  expect((await ask(url)).body).toContain(listed);
  source.load(scriptOf(':@ method POST\ndata: 1\n\n'));
  expect((await ask(url)).body).toContain('<body data-method="POST" data-types="[]">');
});

test('HEAD gets the same status as the next request, and consumes no refusal of the user’s or the file’s', async () => {
  const { stream, source } = await serveScript('data: a\n\n:@ status 429\n:@ end\n');
  source.refuse(2);
  for (const left of [2, 1]) {
    for (let n = 0; n < 3; n += 1) expect((await ask(stream, { method: 'HEAD' })).status).toBe(503);
    expect(source.refusals).toBe(left);
    expect((await ask(stream)).status).toBe(503);
  }
  expect((await ask(stream, { method: 'HEAD' })).status).toBe(200);
  await (await openStream(stream)).whole;
  for (const method of ['HEAD', 'GET']) expect((await ask(stream, { method })).status).toBe(429);
  expect(source.refusals).toBe(0);
});
