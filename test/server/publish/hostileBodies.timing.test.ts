// Hostile bodies and requests, in pieces of any size, must not block the process that reads them.
import { once } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { serveScript } from '../../support/mock/scriptServer';
import { runScript } from '../../support/programs/clientProcess';
import { drawn } from '../../support/random/drawn';
import { CHUNKED, sendAll, TINY } from '../../support/servers/bodySenders';
import { ask } from '../../support/servers/testServer';
import { lateness } from '../../support/time/lateness';
import { inLongRun } from '../../support/time/longRun';
import { ownTimeOf } from '../../support/time/ownTime';

/** Clients that post a body each, and then report that all were answered; `kind` is an expression of a megabyte of JSON. */
const POSTERS = `
  const [port, count, path, kind] = process.argv.slice(1);
  const body = eval(kind);
  const head = 'POST ' + path + ' HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\nConnection: close\\r\\nContent-Length: ' + body.length;
  let left = Number(count);
  for (let n = 0; n < Number(count); n += 1) {
    const socket = require('node:net').connect(Number(port), '127.0.0.1').resume();
    const done = () => --left === 0 && process.send('done');
    socket.on('error', () => socket.destroy()).once('close', done).write(head + '\\r\\n\\r\\n' + body);
  }
`;

/** Expects timers to fire in time; with a margin for code that isn't compiled yet, and garbage collection. It was 3 s. */
function expectOthersServed({ p99, max }: { p99: number; max: number }): void {
  expect(p99).toBeLessThan(300);
  expect(max).toBeLessThan(600);
}

/** Requests the page repeatedly; returns how late timers are meanwhile, and the longest time of a response. */
async function askOften(url: string) {
  let answered = 0;
  const late = await lateness(async () => {
    for (let n = 0; n < 6; n += 1) {
      const time = await ownTimeOf(async () => expect((await ask(url)).status).toBe(200));
      answered = Math.max(answered, time);
      await after(100);
    }
  });
  return { late, answered };
}

/** Expects timers to fire in time while the page is requested, and each response within 2 s of CPU time. */
async function expectAnswers(url: string): Promise<void> {
  const { late, answered } = await askOften(url);
  console.log(
    `timers late ${late.p99.toFixed(0)} ms, at most ${late.max.toFixed(0)} ms, an answer ${answered.toFixed(0)} ms`,
  );
  expectOthersServed(late);
  expect(answered).toBeLessThan(2000);
}

test('thirty bodies of 1 MB in one-byte chunks don’t block the process, and take no more memory than their size', async () => {
  const { port, url } = await serveScript('');
  const before = process.memoryUsage().rss;
  let grown = 0;
  const watch = setInterval(() => {
    grown = Math.max(grown, process.memoryUsage().rss - before);
  }, 50);
  sendAll(port, 30, `POST /publish HTTP/1.1\r\n${CHUNKED}`, TINY, 10_000, 90);
  const { late, answered } = await askOften(url);
  clearInterval(watch);
  console.log(
    `30 bodies: timers late ${late.p99.toFixed(0)} ms, at most ${late.max.toFixed(0)} ms, an answer ${answered.toFixed(0)} ms, ${(grown / 1e6).toFixed(0)} MB`,
  );
  expectOthersServed(late);
  expect(answered).toBeLessThan(2000);
  expect(grown).toBeLessThan(400e6);
});

test.each<[string, string]>(
  drawn(
    [
      [
        'names that all differ',
        `'{' + Array.from({ length: 90_000 }, (_, n) => '"' + n.toString(36) + '":0').join() + '}'`,
      ],
      ['a million levels', `'['.repeat(1_000_000)`],
      ['messages', `'[' + Array(24_000).fill('{"role":"user","content":"Which tides?"}').join() + ']'`],
    ],
    1,
  ),
)('thirty bodies of 1 MB of JSON that a file reads don’t block the process: %s', async (_what, kind) => {
  const { port, stream } = await serveScript(
    ':@ method POST\n:@ fill\n:@ when body /0/role = user\n: {{body}} {{body /0}} {{body /1}}\n:@ end\n',
  );
  const late = await lateness(async () => {
    await once(runScript(POSTERS, port, 30, new URL(stream).pathname, kind), 'message');
  });
  console.log(`timers late ${late.p99.toFixed(0)} ms, at most ${late.max.toFixed(0)} ms`);
  expectOthersServed(late);
});

test.each<[string, string]>([
  ['a stream', 'GET /event HTTP/1.1\r\n'],
  ...inLongRun<[string, string]>([
    ['the page', 'GET / HTTP/1.1\r\n'],
    ['what is forbidden', 'PUT / HTTP/1.1\r\nOrigin: http://evil.example\r\n'],
  ]),
])('an endless body of a request for %s doesn’t block the process', async (_what, head) => {
  const { port, url } = await serveScript('data: a\n\n');
  const senders = sendAll(port, 10, head + CHUNKED, TINY, 10_000, 100_000);
  await once(senders, 'message');
  await expectAnswers(url);
});

test('endless pipelined requests don’t block the process', async () => {
  const { port, url } = await serveScript('data: a\n\n');
  const senders = sendAll(port, 10, '', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', 1500, 1000);
  await once(senders, 'message');
  await expectAnswers(url);
});
