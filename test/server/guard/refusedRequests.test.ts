// Refused requests are reported to the server's user: the request, the client and the reason.
import { expect, test } from 'vitest';
import type { RefusedRequest } from '../../../src/server/guard/refusedRequest';
import { RequestGuard } from '../../../src/server/guard/requestGuard';
import { ScriptSource } from '../../../src/server/script/scriptSource';
import { Turns } from '../../../src/turns/turns';
import { scriptOf } from '../../support/mock/scriptServer';
import { ask, connectTo, eventually, openStream, startServer } from '../../support/servers/testServer';

async function serveTold(file = ':@ end\n', maxConnections = 1000) {
  const told: RefusedRequest[] = [];
  const source = new ScriptSource(scriptOf(file), { turns: new Turns(), onChange: () => undefined });
  const server = await startServer({
    source,
    maxConnections,
    guard: new RequestGuard(['http://localhost:5173'], 'Ask its owner.'),
    connectionsAdvice: 'Pay more.',
    onRefuse: (refused) => told.push(refused),
  });
  return { ...server, source, told };
}

test.each([
  ['GET', 'event?speed=0', {}, 400, 'The option "speed" takes'],
  ['GET', 'events?user=7&token=secret', {}, 404, 'Not found: the stream is on /event'],
  ['DELETE', 'event', {}, 405, 'Method not allowed. Use GET or HEAD or POST.'],
  ['GET', 'event', { origin: 'http://evil.example' }, 403, 'may not read this server. Ask its owner.'],
  ['GET', 'event', { host: 'up' }, 403, 'The Host "up" is not this server’s. Behind a proxy'],
  ['GET', 'event', { 'upgrade': 'websocket', 'connection': 'upgrade' }, 400, 'Upgrade not supported'],
  ['POST', 'event', { origin: 'http://localhost:5173' }, 403, 'Web pages can’t publish'],
  ['POST', 'event?x=1', {}, 400, 'Unknown option "x"'],
  ['HEAD', 'nowhere', {}, 404, 'Not found'],
])('%s %s is refused, and reported with its reason', async (method, target, headers, status, reason) => {
  const { url, told } = await serveTold();
  await ask(`${url}${target}`, { method, headers: { 'user-agent': 'curl/8.5.0', ...headers } });
  expect(told).toEqual([
    {
      method,
      path: `/${target.split('?')[0]}`,
      status,
      reason: expect.stringContaining(reason),
      remote: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      userAgent: 'curl/8.5.0',
    },
  ]);
});

test('streams, pages, preflights and 204 after the last event are not reported', async () => {
  const { url, told } = await serveTold('id: 1\ndata: a\n\n:@ end\n');
  await ask(url);
  await (await openStream(`${url}event`)).whole;
  expect((await ask(`${url}event`, { headers: { 'Last-Event-ID': '1' } })).status).toBe(204);
  const preflight = { 'origin': 'http://localhost:5173', 'access-control-request-method': 'GET' };
  expect((await ask(`${url}event`, { method: 'OPTIONS', headers: preflight })).status).toBe(204);
  expect((await ask(`${url}event`, { method: 'POST', body: 'hello' })).status).toBe(200);
  expect(told).toEqual([]);
});

test('a full server, and a refusal demanded by the file or the user, are reported, too', async () => {
  const { url, told, source } = await serveTold(':@ status 429\ndata: a\n\n', 1);
  const status = async () => (await ask(`${url}event`)).status;
  expect(await status()).toBe(429);
  source.refuse(1, 'Refused, as was asked for in VS Code.');
  expect(await status()).toBe(503);
  await openStream(`${url}event`);
  expect(await status()).toBe(503);
  expect(told.map(({ reason }) => reason)).toEqual([
    'Refused, as the file says.',
    'Refused, as was asked for in VS Code.',
    'Too many open streams (limit 1). Retry later. Pay more.',
  ]);
});

test('a CONNECT, and a request that makes a handler fail, are reported', async () => {
  const { port, told } = await serveTold();
  const socket = await connectTo(port);
  socket.write('CONNECT example:443 HTTP/1.1\r\nHost: example:443\r\n\r\n');
  await eventually(() => told.length === 1);
  expect(told[0]).toMatchObject({ method: 'CONNECT', status: 405 });
  const failed: RefusedRequest[] = [];
  const openStream = () => {
    throw new Error('broken');
  };
  const { url } = await startServer({ openStream, onError: () => undefined, onRefuse: (one) => failed.push(one) });
  expect((await ask(`${url}event`)).body).toBe('Internal error. See the log.\n');
  expect(failed).toMatchObject([{ status: 500, reason: 'Internal error. See the log.' }]);
});

test('a path and a User-Agent are cut at 300 characters, and the query, which may contain a secret, is left out', async () => {
  const { url, told } = await serveTold();
  await ask(`${url}${'x'.repeat(5000)}?token=secret`, { headers: { 'user-agent': 'y'.repeat(5000) } });
  expect([told[0]?.path.length, told[0]?.userAgent.length]).toEqual([300, 300]);
  expect(JSON.stringify(told)).not.toContain('secret');
});
