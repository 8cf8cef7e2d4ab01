// Many clients together must not block the process that serves them, because other extensions use it, too.
import { setTimeout as after } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import type { Script } from '../../../src/script/script';
import { requestOf, scriptOf, serveScript } from '../../support/mock/scriptServer';
import { GreedyClients } from '../../support/programs/clientProcess';
import { isLong } from '../../support/random/drawn';
import { ask, eventually, startServer } from '../../support/servers/testServer';
import { lateness } from '../../support/time/lateness';
import { inLongRun, longTest } from '../../support/time/longRun';
import { ownTime, ownTimeOf } from '../../support/time/ownTime';

/** A script of many events with ids and without pauses, 27 MB in the long run. */
let many: Script;

beforeAll(() => {
  many = scriptOf(
    Array.from({ length: isLong ? 400_000 : 100_000 }, (_, n) => `id: ${n}\ndata: ${'x'.repeat(52)}\n\n`).join(''),
  );
});

/** Serves it to the given number of clients, which read as fast as they can once all are connected. */
async function serveMany(count: number) {
  const served = await serveScript('');
  served.source.load(many);
  served.source.pause(true);
  const clients = new GreedyClients(served.port, count);
  await eventually(() => served.server.connectionCount === count);
  served.source.pause(false);
  return { ...served, clients };
}

/** Expects timers and other clients to be served in time, with a margin for garbage collection. It was seconds. */
function expectOthersServed({ p99, max }: { p99: number; max: number }): void {
  expect(p99).toBeLessThan(200);
  expect(max).toBeLessThan(400);
}

test('a thousand clients of a file without pauses don’t block the process, and all are served alike', async () => {
  const { url, clients } = await serveMany(1000);
  let answered = 0;
  const late = await lateness(async () => {
    for (let n = 0; n < 10; n += 1) {
      answered = Math.max(answered, await ownTimeOf(() => ask(url)));
      await after(100);
    }
  });
  // On the wall clock it may take long if other processes use the CPU.
  let got = await clients.received();
  while ((got[0] ?? 0) <= 64 * 1024) got = await clients.received();
  const [least = 0, half = 0] = [got[0], got[500]];
  console.log(
    `1,000 clients: timers late ${late.p99.toFixed(0)} ms, an answer ${answered.toFixed(0)} ms, got ${least} to ${got.at(-1)}`,
  );
  expectOthersServed(late);
  expect(answered).toBeLessThan(1000);
  expect(least).toBeGreaterThan(half / 20);
});

longTest('two hundred clients of a loop of 1 ms and 60 KB don’t block the process', async () => {
  const { port, server, url } = await serveScript(`data: ${'x'.repeat(60_000)}\n\n:@ wait 1ms\n:@ loop\n`);
  new GreedyClients(port, 200);
  await eventually(() => server.connectionCount === 200);
  expectOthersServed(await lateness(() => Promise.all([ask(url), after(1000)])));
});

longTest('the clients of two servers, which share their turns, don’t block the process', async () => {
  const [one, two] = [await serveMany(200), await serveMany(200)];
  expectOthersServed(await lateness(() => Promise.all([ask(one.url), ask(two.url), after(500)])));
});

longTest('restarting, pausing and resuming a thousand clients doesn’t block the process', async () => {
  const { url, source } = await serveMany(1000);
  const late = await lateness(async () => {
    for (let n = 0; n < 5; n += 1) {
      source.restart();
      source.pause(true);
      source.pause(false);
      await ask(url);
    }
  });
  expectOthersServed(late);
});

test('publishing 1 MB to a thousand clients doesn’t block the process', async () => {
  const { url, port, server } = await serveScript('data: a\n\n');
  const clients = new GreedyClients(port, 1000);
  await eventually(() => server.connectionCount === 1000);
  const body = 'x'.repeat(1_000_000);
  const late = await lateness(async () => {
    const { body: answer } = await ask(`${url}publish`, { method: 'POST', body });
    expect(answer).toBe('Sent on 1000 connections.\n');
    let got: number[] = [];
    while ((got[0] ?? 0) < body.length) got = await clients.received();
  });
  expectOthersServed(late);
});

longTest('dropping a thousand clients, or closing their server, doesn’t block the process', async () => {
  const { server, source } = await serveMany(1000);
  const dropped = await lateness(async () => {
    void source.control.dropAll();
    await eventually(() => server.connectionCount === 0);
  });
  const other = await serveMany(1000);
  const closed = await lateness(() => other.server.close());
  console.log(`1,000 dropped: ${dropped.max.toFixed(0)} ms late; closed: ${closed.max.toFixed(0)} ms`);
  expectOthersServed(dropped);
  expectOthersServed(closed);
});

longTest('a thousand clients of the counter at its shortest interval don’t block the process', async () => {
  const { port, server, url } = await startServer();
  new GreedyClients(port, 1000, '/event?interval=10');
  await eventually(() => server.connectionCount === 1000);
  const late = await lateness(() => Promise.all([ask(url), after(1000)]));
  console.log(`counter: timers late ${late.p99.toFixed(0)} ms, at most ${late.max.toFixed(0)} ms`);
  expectOthersServed(late);
});

test.each<[string, string]>([
  [
    '300,000 events behind the only id',
    `id: 1\ndata\n\n${'data\n\n:@wait 1ms\n'.repeat(300_000)}:@ wait 1s\n:@ loop\n`,
  ],
  ...inLongRun<[string, string]>([
    ['300,000 statuses', `data: a\n\n${':@status 503\n'.repeat(300_000)}:@ wait 1s\n:@ loop\n`],
    ['an event of 300,000 pauses', `id: 1\ndata\n\n${'data\n:@wait 1ms\n'.repeat(300_000)}\n:@ wait 1s\n:@ loop\n`],
  ]),
])('opening a stream of a file of %s takes no longer than of a short one', async (_name, file) => {
  const { source } = await serveScript('');
  source.load(scriptOf(file));
  source.share(true);
  source.pause(true);
  const time = ownTime(() => {
    for (let n = 0; n < 1000; n += 1) source.main?.openStream(requestOf(n % 2 === 0 ? '1' : undefined));
  });
  expect(time).toBeLessThan(500);
});
