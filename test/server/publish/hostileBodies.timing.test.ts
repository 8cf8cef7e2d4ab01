// What bodies and requests must not do to the process that reads them, in whatever pieces they come.
import { once } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { serveScript } from '../../support/mock/scriptServer';
import { CHUNKED, sendAll, TINY } from '../../support/servers/bodySenders';
import { ask } from '../../support/servers/testServer';
import { lateness } from '../../support/time/lateness';
import { ownTimeOf } from '../../support/time/ownTime';

/** Timers have their turn; generously, while the code is not compiled yet, and garbage is collected. It was 3 s. */
function expectOthersServed({ p99, max }: { p99: number; max: number }): void {
  expect(p99).toBeLessThan(300);
  expect(max).toBeLessThan(600);
}

/** Asks for the page, again and again, and says how late timers are meanwhile, and how much an answer waited for at most. */
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

/** Timers have their turn while it is asked for the page, and each answer comes within 2 s of the processor. */
async function expectAnswers(url: string): Promise<void> {
  const { late, answered } = await askOften(url);
  console.log(
    `timers late ${late.p99.toFixed(0)} ms, at most ${late.max.toFixed(0)} ms, an answer ${answered.toFixed(0)} ms`,
  );
  expectOthersServed(late);
  expect(answered).toBeLessThan(2000);
}

test('thirty bodies of 1 MB in chunks of a byte leave others their turn, and take no more memory than they have bytes', async () => {
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

test.each([
  ['a stream', 'GET /event HTTP/1.1\r\n'],
  ['the page', 'GET / HTTP/1.1\r\n'],
  ['what is forbidden', 'PUT / HTTP/1.1\r\nOrigin: http://evil.example\r\n'],
])('a body without end that comes with a request for %s leaves others their turn', async (_what, head) => {
  const { port, url } = await serveScript('data: a\n\n');
  const senders = sendAll(port, 10, head + CHUNKED, TINY, 10_000, 100_000);
  await once(senders, 'message');
  await expectAnswers(url);
});

test('requests without end, one behind the other and without waiting, leave others their turn', async () => {
  const { port, url } = await serveScript('data: a\n\n');
  const senders = sendAll(port, 10, '', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', 1500, 1000);
  await once(senders, 'message');
  await expectAnswers(url);
});
