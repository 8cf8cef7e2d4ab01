import { getEventListeners } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { type PublicationOptions, publishScript } from '../../../src/api/redis/scriptPublication';
import { serveEventStream } from '../../../src/api/serveEventStream';
import { folderWith } from '../../support/programs/commandLine';
import { DURABLE, type Redis, startRedis } from '../../support/servers/redis';
import { openClient } from '../../support/servers/streamClient';

interface Played {
  leftOut: readonly string[];
  problems: (string | undefined)[];
  signal: AbortSignal;
  stop(): void;
  published: ReturnType<typeof publishScript>;
}

/** Publishes a file with that text. */
function play(redis: Redis, text: string, options: Partial<PublicationOptions> = {}): Played {
  const file = `${folderWith({ 'a.sse': text })}/a.sse`;
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const played: Played = {
    leftOut: [],
    problems: [],
    signal: controller.signal,
    stop: () => controller.abort(),
    published: Promise.resolve({ events: 0, unsure: 0 }),
  };
  played.published = publishScript(
    file,
    { redis: redis.url, stream: 'orders' },
    {
      loop: false,
      speed: 1,
      seed: undefined,
      keep: 1000,
      signal: controller.signal,
      onReady: (leftOut) => {
        played.leftOut = leftOut;
      },
      onProblem: (problem) => played.problems.push(problem),
      ...options,
    },
  );
  return played;
}

/** Returns the fields of the stream's entries. */
async function fields(redis: Redis): Promise<string[][]> {
  const entries = (await redis.command('XRANGE', 'orders', '-', '+')) as [string, string[]][];
  return entries.map(([, pairs]) => pairs);
}

test('a file’s events are published with type, data and retry; what concerns one connection is named and left out', async () => {
  const redis = await startRedis();
  const text = `:@ header X-A: b
:@ head 1s
retry: 500
id: 1
event: order
data: a
:@ drop
data: b

:@ status 503
:@ stall
: comment
data: last

:@ end
`;
  const played = play(redis, text);
  expect(await played.published).toEqual({ events: 2, unsure: 0 });
  expect(await fields(redis)).toEqual([
    ['event', 'order', 'retry', '500', 'data', 'a\nb'],
    ['data', 'last'],
  ]);
  expect(played.leftOut).toEqual(['drop', 'status', 'stall', 'end', 'header', 'head', 'ids, since Redis gives them']);
});

test('an event that a recorded connection left unfinished is not published', async () => {
  const redis = await startRedis();
  await play(redis, 'data: 1\n\ndata: cut\n:@ connection\ndata: whole\n\n').published;
  expect(await fields(redis)).toEqual([
    ['data', '1'],
    ['data', 'whole'],
  ]);
});

test('waits are kept, at the speed that is asked for', async () => {
  const redis = await startRedis();
  const begun = performance.now();
  await play(redis, 'data: 1\n\n:@ wait 4s\ndata: 2\n\n', { speed: 10 }).published;
  expect(performance.now() - begun).toBeGreaterThan(390);
  const entries = (await redis.command('XRANGE', 'orders', '-', '+')) as [string][];
  const [first = 0, second = 0] = entries.map(([id]) => Number(id.split('-')[0]));
  // Less than the wait, if Redis was asked late for the first one: on a busy machine.
  expect(second - first).toBeGreaterThan(200);
});

test('places are filled in, and count on from round to round with loop, until it is stopped', async () => {
  const redis = await startRedis();
  const server = await serveEventStream({ redis: redis.url, stream: 'orders' });
  onTestFinished(() => server.close());
  const client = await openClient(server.url);
  const played = play(redis, ':@ fill\ndata: {{n}}\n\ndata: b\n\n:@ wait 20ms\n', { loop: true });
  await client.until(() => client.events.length >= 5);
  played.stop();
  await played.published;
  expect(client.data.slice(0, 5)).toEqual(['1', 'b', '3', 'b', '5']);
});

test('a file without a pause can’t be looped', async () => {
  const redis = await startRedis();
  await expect(play(redis, 'data: 1\n\n', { loop: true }).published).rejects.toThrow(
    'has no pause: to loop it needs one',
  );
});

test('while Redis is gone it waits, and then goes on: nothing is lost', async () => {
  const redis = await startRedis(DURABLE);
  const played = play(redis, ':@ fill\n:@ wait 5ms\ndata: {{n}}\n\n', { loop: true });
  const count = async () => (await fields(redis)).length;
  while ((await count()) < 5);
  await redis.kill();
  while (played.problems.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  await redis.start();
  const before = await count();
  while ((await count()) < before + 5);
  // It is told as back once both connections are, of which this uses one.
  while (played.problems.at(-1) !== undefined) await new Promise((resolve) => setTimeout(resolve, 10));
  // That of the pause in progress, if there is one.
  expect(getEventListeners(played.signal, 'abort').length).toBeLessThanOrEqual(1);
  played.stop();
  const { events, unsure } = await played.published;
  expect(unsure).toBeLessThanOrEqual(1);
  const data = (await fields(redis)).map(([, value]) => Number(value));
  // In order, each once; an event of which nobody knew may be missing.
  expect(data).toEqual([...new Set(data)].sort((a, b) => a - b));
  expect(events + unsure - data.length).toBeLessThanOrEqual(unsure);
});

test('it can be stopped while Redis is gone', async () => {
  const redis = await startRedis();
  const played = play(redis, ':@ wait 5ms\ndata: 1\n\n', { loop: true });
  while ((await fields(redis)).length === 0);
  await redis.kill();
  while (played.problems.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  played.stop();
  expect((await played.published).events).toBeGreaterThan(0);
});
