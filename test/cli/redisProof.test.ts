// Several processes of `serve` and one Redis: with many readers and events, and with whatever goes wrong, in the long checks.
import { setTimeout as pause } from 'node:timers/promises';
import { expect, inject, onTestFinished, test } from 'vitest';
import { isLong } from '../support/random/drawn';
import { DURABLE, startRedis } from '../support/servers/redis';
import { SharedStream } from '../support/servers/sharedStream';
import { longTest } from '../support/time/longRun';

/** Whether it is large: once among the long checks, with their random tests, and not with each Node. */
const isLarge = isLong && inject('budget') >= 10_000;
const [READERS, EVENTS] = isLarge ? [300, 20_000] : [15, 1000];
/** Time that a stopped Redis is stopped, in milliseconds. */
const STOPPED = isLarge ? 20_000 : 1500;
/** More than all events. */
const KEEP = ['--keep', '1000000'];

/** Starts a Redis, three servers, and readers. */
async function start(readers: number, ...options: string[]) {
  const redis = await startRedis(DURABLE);
  const shared = new SharedStream(redis, inject('seed'));
  onTestFinished(() => shared.close());
  await shared.startServers(3, ...options);
  await shared.startReaders(readers);
  return { redis, shared };
}

test(`three processes, ${READERS} readers that drop and resume at other ones, ${EVENTS} events: each once, in order`, async () => {
  const { shared } = await start(READERS, ...KEEP);
  await shared.publish(EVENTS, 50);
  await shared.expectAll();
}, 600_000);

longTest(
  'Redis is killed and started again while events are published: each reader has each once, in order',
  async () => {
    const { redis, shared } = await start(READERS / 3, ...KEEP);
    const published = shared.publish(EVENTS / 4);
    for (let n = 0; n < (isLarge ? 5 : 1); n += 1) {
      await pause(300);
      await redis.kill();
      await pause(300);
      await redis.start();
    }
    await published;
    await shared.expectAll();
  },
  600_000,
);

longTest(
  `Redis is stopped for ${STOPPED / 1000} s while events are published: each reader has each once, in order`,
  async () => {
    const { redis, shared } = await start(READERS / 3, ...KEEP);
    const published = shared.publish(EVENTS / 4);
    await pause(300);
    redis.signal('SIGSTOP');
    await pause(STOPPED);
    redis.signal('SIGCONT');
    await published;
    await shared.expectAll();
  },
  600_000,
);

test('a server process is killed while events are published: its readers go on at the others, without a gap', async () => {
  const { shared } = await start(READERS / 3, ...KEEP);
  const published = shared.publish(EVENTS / 4);
  await pause(300);
  shared.killServer();
  await published;
  await shared.expectAll();
}, 600_000);

longTest(
  'the stream is trimmed under a reader that sleeps: it is told once, and has the rest in order; the others have all',
  async () => {
    const { shared } = await start(10, '--keep', '500');
    const [sleeper, ...others] = shared.readers;
    const publish = async () => {
      await shared.publishTogether(100);
      await shared.settled(others);
    };
    await publish();
    await shared.settled();
    sleeper?.sleep();
    for (let n = 0; n < EVENTS / 100; n += 1) await publish();
    sleeper?.wake();
    await shared.settled();
    const got = sleeper?.numbers ?? [];
    const last = EVENTS + 100;
    expect([sleeper?.resyncs, sleeper?.resyncAt]).toEqual([1, 100]);
    const rest = got.slice(100);
    expect(rest.length).toBeGreaterThanOrEqual(500);
    expect(rest).toEqual(Array.from(rest, (_, n) => last - rest.length + 1 + n));
    for (const { numbers, resyncs } of others)
      expect([numbers.length, numbers.at(-1), resyncs]).toEqual([last, last, 0]);
    shared.expectNoCuts();
  },
  600_000,
);
