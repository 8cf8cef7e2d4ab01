// What a server that each website and each program can reach must bear. Each test prints its figures.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { RequestGuard } from '../../src/server/requestGuard';
import { mutate, seeded } from './random';
import { ask, connectTo, eventually, openStream, startServer, type TestServer } from './testServer';

const SEED = 20_261_122;
const STREAM = 'GET /event?interval=10 HTTP/1.1\r\nHost: localhost\r\n\r\n';

/** How long the server takes to answer: the median of 21 requests for the page, in milliseconds. */
async function answerTime(url: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 21; round += 1) {
    const start = performance.now();
    expect((await ask(url)).status).toBe(200);
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[10] ?? Number.NaN;
}

/** Nothing was thrown, nothing is left, and the server is as quick as any. */
async function expectWell({ server, url, opened, closed, errors }: TestServer, figures: string): Promise<void> {
  await eventually(() => closed.length === opened.length);
  expect(server.connectionCount).toBe(0);
  expect(errors).toEqual([]);
  const time = await answerTime(url);
  console.log(`${figures}; then an answer takes ${time.toFixed(1)} ms`);
  expect(time).toBeLessThan(100);
}

/** Does it for each number below `count`, so many at a time. */
async function inTurn(count: number, atOnce: number, act: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** Sends bytes and hangs up at the first answer, or when none comes in 30 ms. Resolves with the answer's first line. */
async function provoke(port: number, bytes: string): Promise<string> {
  const socket = await connectTo(port);
  const hangUp = setTimeout(() => socket.destroy(), 30);
  let line = '';
  socket.setEncoding('latin1').on('error', () => socket.destroy());
  socket.on('data', (chunk: string) => {
    line ||= chunk.split('\r\n')[0] ?? '';
    socket.destroy();
  });
  socket.write(bytes, 'latin1');
  await once(socket, 'close');
  clearTimeout(hangUp);
  return line;
}

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

test('10,000 garbled requests: each is answered or hung up on, and the server goes on', {
  timeout: 120_000,
}, async () => {
  const started = await startServer();
  const random = seeded(SEED);
  const inputs = Array.from({ length: 10_000 }, (_, index) => mutate(VALID[index % VALID.length] ?? '', random));
  const statuses = new Map<string, number>();
  await inTurn(inputs.length, 50, async (index) => {
    const line = await provoke(started.port, inputs[index] ?? '');
    const status = /^HTTP\/1\.1 (\d{3}) /.exec(line)?.[1] ?? 'none';
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  });
  const counts = [...statuses].sort().map(([status, count]) => `${count} × ${status}`);
  expect(statuses.has('500')).toBe(false);
  expect(statuses.size).toBeGreaterThan(4);
  await expectWell(started, `seed ${SEED}, 10,000 garbled requests: ${counts.join(', ')}`);
});

test('of 3,000 garbled Hosts and Origins none is let in that isn’t the very one', { timeout: 60_000 }, async () => {
  const origin = 'http://app.test:5173';
  const started = await startServer({ guard: new RequestGuard([origin]) });
  const random = seeded(SEED);
  const letIn: string[] = [];
  await inTurn(3000, 50, async (index) => {
    const [host, from] =
      index % 2 === 0 ? [mutate('localhost:8080', random), origin] : ['localhost:8080', mutate(origin, random)];
    const line = await provoke(started.port, `GET / HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${from}\r\n\r\n`);
    if (line.includes(' 200 ')) letIn.push(index % 2 === 0 ? host : from);
  });
  // Blanks around a header's value aren't of it, and a line break ends it.
  const value = (text: string) => text.split(/[\r\n]/)[0]?.trim() ?? '';
  const strangers = letIn.filter(
    (text) => value(text) !== origin && !/^(localhost|127\.0\.0\.1)(:\d{1,5})?$/i.test(value(text)),
  );
  expect(strangers).toEqual([]);
  await expectWell(started, `seed ${SEED}, 3,000 garbled Hosts and Origins: ${letIn.length} were still good`);
});

test('10,000 clients that connect, ask and vanish leave nothing behind', { timeout: 60_000 }, async () => {
  const started = await startServer();
  await inTurn(10_000, 100, async (index) => {
    const socket = await connectTo(started.port);
    socket.write(index % 3 === 0 ? STREAM + STREAM : STREAM);
    if (index % 2 === 0) socket.resetAndDestroy();
    else socket.destroy();
  });
  // One more that stays proves that those before it have been served, or never will be.
  await (await openStream(`${started.url}event?interval=10&limit=1`)).whole;
  const names = started.opened.filter(({ remote }) => !/^(127\.0\.0\.1:\d+|unknown)$/.test(remote));
  expect(names).toEqual([]);
  await expectWell(started, `10,000 vanished, of which ${started.opened.length - 1} had a stream`);
});

/** Sockets that each send the bytes and stay, until the test is over. */
async function connectMany(port: number, count: number, bytes = ''): Promise<Socket[]> {
  const sockets: Socket[] = [];
  onTestFinished(() => sockets.forEach((socket) => void socket.destroy()));
  await inTurn(count, 100, async () => {
    const socket = await connectTo(port);
    sockets.push(socket.on('error', () => socket.destroy()));
    socket.write(bytes);
  });
  return sockets;
}

test('500 clients that send their headers a byte at a time are hung up on after 10 s, and hold up no one', {
  timeout: 60_000,
}, async () => {
  const started = await startServer({ maxConnections: 1000 });
  const sockets = (await connectMany(started.port, 500)).map((socket) => socket.resume());
  const begin = performance.now();
  let sent = 0;
  const dripping = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write(STREAM.charAt(sent % 20));
    sent += 1;
  }, 500);
  onTestFinished(() => clearInterval(dripping));
  const meanwhile = await answerTime(started.url);
  await eventually(() => sockets.every(({ destroyed }) => destroyed));
  const seconds = (performance.now() - begin) / 1000;
  expect(meanwhile).toBeLessThan(100);
  expect(seconds).toBeLessThan(14);
  await expectWell(
    started,
    `500 slow clients: ${meanwhile.toFixed(1)} ms for others meanwhile, gone after ${seconds.toFixed(1)} s`,
  );
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

test('2,000 sockets that ask for nothing don’t keep a client out, nor those who have a stream from their events', async () => {
  const started = await startServer({ maxConnections: 100 });
  const before = await openStream(`${started.url}event?interval=10`);
  const sockets = (await connectMany(started.port, 2000)).map((socket) => socket.resume());
  const after = await openStream(`${started.url}event?interval=10`);
  const came = before.text().length;
  await eventually(() => before.text().length > came + 100 && after.text().length > 100);
  const left = sockets.filter(({ destroyed }) => !destroyed).length;
  expect(left).toBeLessThanOrEqual(100 + 256);
  before.response.destroy();
  after.response.destroy();
  await expectWell(started, `2,000 idle sockets: ${left} were let be`);
});

test('a connection that is kept alive, and asks for nothing more, is closed after some seconds', async () => {
  const started = await startServer();
  const socket = await connectTo(started.port);
  socket.resume().write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const begin = performance.now();
  await once(socket, 'close');
  const seconds = (performance.now() - begin) / 1000;
  expect(seconds).toBeGreaterThan(4);
  expect(seconds).toBeLessThan(10);
  await expectWell(started, `an idle connection: closed after ${seconds.toFixed(1)} s`);
});

test('a thousand clients that don’t read are cut off, and memory stays flat', { timeout: 120_000 }, async () => {
  const block = 'x'.repeat(32 * 1024);
  const started = await startServer({
    openStream: () => ({
      status: 200,
      play: (connection) => {
        const timer = setInterval(() => connection.send({ data: block }), 100);
        return () => clearInterval(timer);
      },
    }),
  });
  const before = process.memoryUsage().rss;
  let peak = before;
  const watching = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 50);
  onTestFinished(() => clearInterval(watching));
  // No one listens to their data: what comes stays in the system's buffers, and then in ours.
  await connectMany(started.port, 1000, STREAM);
  await eventually(() => started.closed.length === 1000);
  expect(started.closed.filter(({ dropped }) => !dropped)).toEqual([]);
  const grown = (peak - before) / 1024 / 1024;
  const sent = started.closed.reduce((sum, { eventsSent }) => sum + eventsSent * 32, 0) / 1024;
  // 64 KB and one event for each, and what sockets and streams are themselves.
  expect(grown).toBeLessThan(250);
  await expectWell(
    started,
    `1,000 stalled clients: ${sent.toFixed(0)} MB offered, ${grown.toFixed(0)} MB grown at most, all cut off`,
  );
});
