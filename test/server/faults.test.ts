// Hostile clients: the server can be reached by every website and every program. Most tests print their figures.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { Server } from 'node:net';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { RequestGuard } from '../../src/server/guard/requestGuard';
import { fuzz } from '../support/random/fuzz';
import { mutate } from '../support/random/random';
import { connectMany, expectWell, inTurn, provoke, STREAM } from '../support/servers/faultySockets';
import { ask, connectTo, eventually, openStream, startServer } from '../support/servers/testServer';
import { lateness } from '../support/time/lateness';

const VALID = [
  STREAM,
  'GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nConnection: keep-alive\r\n\r\n',
  'GET /event?interval=10&from=5&limit=3&event=e&id=1&retry=10 HTTP/1.1\r\nHost: [::1]:8080\r\nLast-Event-ID: 6\r\n\r\n',
  'GET http://localhost:8080/event HTTP/1.1\r\nHost: localhost:8080\r\nOrigin: http://localhost:5173\r\n\r\n',
  'HEAD /event HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nCookie: a=b\r\n\r\n',
  'POST /event HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello',
  'OPTIONS /event HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:5173\r\nAccess-Control-Request-Method: GET\r\n\r\n',
  'GET /event HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n',
  'CONNECT localhost:8080 HTTP/1.1\r\nHost: localhost:8080\r\n\r\n',
  `${STREAM}${STREAM}`,
  'GET /event HTTP/1.0\r\n\r\n',
];

test('garbled requests are answered or disconnected, and the server goes on', async () => {
  const started = await startServer();
  const statuses = new Map<string, number>();
  const { runs, areMany } = await fuzz(
    1000,
    async (random, seed) => {
      const line = await provoke(started.port, mutate(VALID[seed % VALID.length] ?? '', random));
      const status = /^HTTP\/1\.1 (\d{3}) /.exec(line)?.[1] ?? 'none';
      expect(status).not.toBe('500');
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    },
    { atOnce: 50 },
  );
  const counts = [...statuses].sort().map(([status, count]) => `${count} × ${status}`);
  if (areMany) expect(statuses.size).toBeGreaterThan(4);
  await expectWell(started, `${runs} garbled requests: ${counts.join(', ')}`);
});

test('a garbled Host or Origin is let in only if it still equals an allowed one', async () => {
  const origin = 'http://app.test:5173';
  const started = await startServer({ guard: new RequestGuard([origin]) });
  // Whitespace around a header's value isn't part of it, and a line break ends it.
  const value = (text: string) => text.split(/[\r\n]/)[0]?.trim() ?? '';
  let letIn = 0;
  const { runs, areMany } = await fuzz(
    600,
    async (random) => {
      const isHost = random() < 0.5;
      const garbled = mutate(isHost ? 'localhost:8080' : origin, random);
      const [host, from] = isHost ? [garbled, origin] : ['localhost:8080', garbled];
      const line = await provoke(started.port, `GET / HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${from}\r\n\r\n`);
      if (!line.includes(' 200 ')) return;
      letIn += 1;
      expect(value(garbled)).toMatch(isHost ? /^(localhost|127\.0\.0\.1)(:\d{1,5})?$/i : /^http:\/\/app\.test:5173$/);
    },
    { atOnce: 50 },
  );
  if (areMany) expect(letIn).toBeGreaterThan(0);
  await expectWell(started, `${runs} garbled Hosts and Origins: ${letIn} were still good`);
});

test('clients that connect, ask and vanish leave nothing behind', async () => {
  const started = await startServer();
  const { runs } = await fuzz(
    2000,
    async (random) => {
      const socket = await connectTo(started.port);
      socket.write(random() < 0.3 ? STREAM + STREAM : STREAM);
      if (random() < 0.5) socket.resetAndDestroy();
      else socket.destroy();
    },
    { atOnce: 100 },
  );
  // Another client that stays proves that those before it have been served, or never will be.
  await (await openStream(`${started.url}event?interval=10&limit=1`)).whole;
  const names = started.opened.filter(({ remote }) => !/^(127\.0\.0\.1:\d+|unknown)$/.test(remote));
  expect(names).toEqual([]);
  await expectWell(started, `${runs} vanished, of which ${started.opened.length - 1} had a stream`);
});

test('500 clients that send their headers a byte at a time are disconnected when these take too long, and delay no other client', async () => {
  const limits = { headersTimeout: 1000, connectionsCheckingInterval: 100 };
  const started = await startServer({ maxConnections: 1000, limits });
  let first = '';
  const sockets = (await connectMany(started.port, 500)).map((socket) => socket.resume());
  sockets[0]?.setEncoding('latin1').on('data', (chunk: string) => {
    first += chunk;
  });
  let sent = 0;
  const dripping = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write(STREAM.charAt(sent % 20));
    sent += 1;
  }, 50);
  onTestFinished(() => clearInterval(dripping));
  const meanwhile = await lateness(() => inTurn(21, 1, async () => expect((await ask(started.url)).status).toBe(200)));
  await eventually(() => sockets.every(({ destroyed }) => destroyed));
  expect(first).toMatch(/^HTTP\/1.1 408 /);
  expect(meanwhile.max).toBeLessThan(100);
  await expectWell(started, `500 slow clients: others waited ${meanwhile.max.toFixed(1)} ms meanwhile`);
});

test('a thousand clients of another process that come all at once are all served', async () => {
  const started = await startServer({ maxConnections: 1000 });
  const script = `
    const { get } = require('node:http');
    const outcomes = {};
    const note = (outcome) => { outcomes[outcome] = (outcomes[outcome] ?? 0) + 1; };
    const one = () => new Promise((resolve) => {
      get('${started.url}event?interval=10&limit=1', { agent: false }, (response) => {
        note(response.statusCode);
        response.resume().on('close', resolve);
      }).on('error', ({ code }) => { note(code); resolve(); });
    });
    Promise.all(Array.from({ length: 1000 }, one)).then(() => console.log(JSON.stringify(outcomes)));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script]);
  expect(JSON.parse(stdout)).toEqual({ 200: 1000 });
  await expectWell(started, '1,000 clients at once, all served');
});

test('2,000 sockets without a request lock no client out, and open streams still get their events', async () => {
  const started = await startServer({ maxConnections: 100 });
  const before = await openStream(`${started.url}event?interval=10`);
  const sockets = (await connectMany(started.port, 2000)).map((socket) => socket.resume());
  const after = await openStream(`${started.url}event?interval=10`);
  const came = before.text().length;
  await eventually(() => before.text().length > came + 100 && after.text().length > 100);
  const left = () => sockets.filter(({ destroyed }) => !destroyed).length;
  await eventually(() => left() <= 100 + 256);
  before.response.destroy();
  after.response.destroy();
  await expectWell(started, `2,000 idle sockets: ${left()} were let be`);
});

test('a keep-alive connection without a further request is closed', async () => {
  const started = await startServer({ limits: { keepAliveTimeout: 100 } });
  const socket = await connectTo(started.port);
  let answer = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    answer += chunk;
  });
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(socket, 'close');
  expect(answer).toMatch(/^HTTP\/1.1 200 .*Connection: keep-alive\r\n.*<\/html>\s*$/is);
});

test('by default, it waits 10 s for headers, 15 s for a request, and 5 s for the next one', async () => {
  const listen = vi.spyOn(Server.prototype, 'listen');
  onTestFinished(() => listen.mockRestore());
  await startServer();
  expect(listen.mock.contexts[0]).toMatchObject({
    headersTimeout: 10_000,
    requestTimeout: 15_000,
    keepAliveTimeout: 5000,
  });
});
