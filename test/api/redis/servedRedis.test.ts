import { expect, onTestFinished, test } from 'vitest';
import type { RedisServeOptions } from '../../../src/api/redis/redisEventStream';
import { serveEventStream } from '../../../src/api/serveEventStream';
import { drawn } from '../../support/random/drawn';
import { type Redis, startRedis } from '../../support/servers/redis';
import { openClient } from '../../support/servers/streamClient';

/** Starts a server of a stream, which is closed when the test is over. */
async function serve(redis: Redis, options: RedisServeOptions = {}, stream = 'orders') {
  const server = await serveEventStream({ redis: redis.url, stream }, { redisTimeout: 60_000, ...options });
  onTestFinished(() => server.close());
  return server;
}

async function post(url: string, body: string, type = 'text/plain') {
  const response = await fetch(url, { method: 'POST', body, headers: { 'Content-Type': type } });
  return { status: response.status, text: await response.text(), retryAfter: response.headers.get('retry-after') };
}

test('an event that is published at one server reaches the clients of all, with the id that Redis gave it', async () => {
  const redis = await startRedis();
  const [one, other] = [await serve(redis), await serve(redis)];
  const clients = [await openClient(one.url), await openClient(other.url)];
  const { status, text } = await post(`${one.url}?event=order`, 'a\r\nb\rc');
  expect([status, text]).toEqual([200, expect.stringMatching(/^Stored as \d+-0\.\n$/)]);
  const id = /\d+-\d+/.exec(text)?.[0];
  for (const client of clients) {
    await client.until(() => client.events.length > 0);
    expect(client.events).toEqual([{ event: 'order', data: 'a\nb\nc', id }]);
  }
  expect(await other.publish({ data: { n: 2 } })).toMatch(/^\d+-\d+$/);
  await clients[0]?.until(() => clients[0]?.events.length === 2);
  expect(clients[0]?.events[1]).toMatchObject({ event: 'message', data: '{"n":2}' });
});

test('a client resumes exactly behind its last id at a server that it never was at', async () => {
  const redis = await startRedis();
  const [one, other] = [await serve(redis), await serve(redis)];
  const client = await openClient(one.url);
  for (const n of [1, 2]) await one.publish({ data: n });
  await client.until(() => client.events.length === 2);
  client.drop();
  for (const n of [3, 4]) await one.publish({ data: n });
  await client.open(other.url);
  await one.publish({ data: 5 });
  await client.until(() => client.events.length === 5);
  expect(client.data).toEqual(['1', '2', '3', '4', '5']);
});

test('a client that lost its connection before the first event resumes where it began', async () => {
  const redis = await startRedis();
  const [one, other] = [await serve(redis), await serve(redis)];
  const client = await openClient(one.url);
  await client.until(() => client.lastEventId !== '');
  client.drop();
  await one.publish({ data: 'missed' });
  await client.open(other.url);
  await client.until(() => client.events.length === 1);
  expect(client.data).toEqual(['missed']);
});

test('a client without an id gets what comes from now on; with fromStart all that is kept', async () => {
  const redis = await startRedis();
  await redis.command('XADD', 'orders', '*', 'data', 'old');
  const [now, start] = [await serve(redis), await serve(redis, { fromStart: true })];
  const [late, early] = [await openClient(now.url), await openClient(start.url)];
  await now.publish({ data: 'new' });
  await Promise.all([late.until(() => late.events.length === 1), early.until(() => early.events.length === 2)]);
  expect([late.data, early.data]).toEqual([['new'], ['old', 'new']]);
});

test('entries of other applications are shown as JSON of their fields; event and retry are what they say', async () => {
  const redis = await startRedis();
  const server = await serve(redis, { fromStart: true });
  const add = (...fields: string[]) => redis.command('XADD', 'orders', '*', ...fields);
  await add('sensor', 'a\nb', 'value', '1', 'value', '2', '__proto__', 'x');
  await add('data', 'd', 'event', 'two\nlines');
  await add('data', 'd', 'event', 'order', 'retry', '2500');
  await add('data', 'd', 'retry', 'soon');
  const client = await openClient(server.url);
  await client.until(() => client.events.length === 4);
  expect(client.events.map(({ event, data }) => [event, data])).toEqual([
    ['message', '{"sensor":"a\\nb","value":["1","2"],"__proto__":"x"}'],
    ['message', '{"data":"d","event":"two\\nlines"}'],
    ['order', 'd'],
    ['message', '{"data":"d","retry":"soon"}'],
  ]);
  expect(client.text).toContain('retry: 2500\n');
});

test('an entry above 1 MB is told in its place, and the client goes on behind it', async () => {
  const redis = await startRedis();
  const server = await serve(redis, { fromStart: true });
  await redis.command('XADD', 'orders', '1-1', 'data', 'x'.repeat(2 ** 20 + 10_000));
  await redis.command('XADD', 'orders', '1-2', 'data', 'y'.repeat(2 ** 20));
  const client = await openClient(server.url);
  await client.until(() => client.events.length === 2);
  expect(client.events[0]).toEqual({
    event: 'omitted',
    id: '1-1',
    data: 'The entry 1-1 has 1058580 bytes; at most 1052672 of an entry are sent.',
  });
  expect(client.events[1]?.data.length).toBe(2 ** 20);
});

test('an id that is trimmed away is told by resync without an id, and then all that is kept is sent', async () => {
  const redis = await startRedis();
  const server = await serve(redis);
  for (const n of [1, 2, 3]) await redis.command('XADD', 'orders', `${n}-0`, 'data', String(n));
  await redis.command('XTRIM', 'orders', 'MAXLEN', '1');
  const client = await openClient(server.url, '1-0');
  await client.until(() => client.events.length === 2);
  expect(client.events).toEqual([
    { event: 'resync', data: '1-0', id: undefined },
    { event: 'message', data: '3', id: '3-0' },
  ]);
});

test.each(['99999999999999-0', 'abc'])(
  'the id %s, which the stream never gave, is told by resync; then comes what is new',
  async (id) => {
    const redis = await startRedis();
    await redis.command('XADD', 'orders', '*', 'data', 'old');
    const server = await serve(redis);
    const client = await openClient(server.url, id);
    await client.until(() => client.events.length === 1);
    expect(client.events).toEqual([{ event: 'resync', data: id, id: undefined }]);
    await server.publish({ data: 'new' });
    await client.until(() => client.events.length === 2);
    expect(client.data).toEqual([id, 'new']);
  },
);

test('entries that were deleted in the middle are no gap', async () => {
  const redis = await startRedis();
  const server = await serve(redis);
  for (const n of [1, 2, 3]) await redis.command('XADD', 'orders', `${n}-0`, 'data', String(n));
  await redis.command('XDEL', 'orders', '2-0');
  const client = await openClient(server.url, '2-0');
  await client.until(() => client.events.length === 1);
  expect(client.data).toEqual(['3']);
});

test('publishing trims the stream to about as many entries as are to be kept', async () => {
  const redis = await startRedis();
  const server = await serve(redis, { keep: 100 });
  const client = await openClient(server.url);
  const blocks = Array.from({ length: 1000 }, (_, n) => `data: ${n}\n\n`).join('');
  expect(await post(server.url, blocks, 'text/event-stream')).toMatchObject({ status: 200 });
  await client.until(() => client.events.length === 1000);
  await server.publish({ data: 'last' });
  expect(await redis.command('XLEN', 'orders')).toBeLessThan(300);
});

test('publications that Redis can’t take are refused with a sentence', async () => {
  const redis = await startRedis();
  const server = await serve(redis);
  expect(await post(`${server.url}?id=7`, 'a')).toMatchObject({
    status: 400,
    text: expect.stringContaining('Redis gives the ids'),
  });
  expect(await post(server.url, ': c\n\n', 'text/event-stream')).toMatchObject({ status: 400 });
  const most = (count: number) => post(server.url, 'data\n\n'.repeat(count), 'text/event-stream');
  expect(await most(10_001)).toMatchObject({ status: 413, text: 'At most 10000 events can be published at once.\n' });
  expect(await most(10_000)).toMatchObject({ status: 200 });
  await expect(server.publish({ data: 1, id: '1' })).rejects.toThrow('Redis gives the ids');
});

test('a client that doesn’t read is cut off, the others are not, and it resumes', async () => {
  const redis = await startRedis();
  let wasCutOff: boolean | undefined;
  const server = await serve(redis, {
    onClose: (connection) => {
      wasCutOff = connection.wasCutOff;
    },
  });
  const [slow, quick] = [await openClient(server.url), await openClient(server.url)];
  slow.pause();
  let published = 0;
  while (wasCutOff === undefined) {
    await server.publish({ data: 'x'.repeat(500_000) });
    published += 1;
    if (published > 100) break;
  }
  expect([wasCutOff, quick.isOpen, server.connections.length]).toEqual([true, true, 1]);
  slow.resume();
  await slow.until(() => !slow.isOpen);
  await slow.open(server.url);
  await Promise.all([slow, quick].map((client) => client.until(() => client.events.length === published)));
});

test('a server waits for entries once, however many clients it has', async () => {
  const redis = await startRedis();
  const server = await serve(redis);
  await Promise.all(Array.from({ length: 20 }, () => openClient(server.url)));
  expect(server.connections.length).toBe(20);
  expect(await redis.command('INFO', 'clients')).toMatch(/\bblocked_clients:1\r/);
});

test.each(
  drawn(
    [
      ['small', 10, 3000],
      ['large', 100_000, 60],
    ],
    1,
  ),
)(
  'clients that come while %s entries are added get the long history and what comes, each once, in order',
  async (_, size, count) => {
    const redis = await startRedis();
    const server = await serve(redis, { fromStart: true });
    const add = async (from: number) => {
      for (let n = from; n < from + count; n += 1) await server.publish({ data: `${n} ${'x'.repeat(size)}` });
    };
    await add(1);
    const adding = add(count + 1);
    const clients = await Promise.all(Array.from({ length: 5 }, () => openClient(server.url)));
    await adding;
    const numbers = Array.from({ length: 2 * count }, (_, n) => n + 1);
    for (const client of clients) {
      await client.until(() => client.events.length >= 2 * count);
      expect(client.data.map((data) => Number(data.split(' ')[0]))).toEqual(numbers);
    }
  },
);

test('a server that is closed publishes no more, and leaves no connection at Redis', async () => {
  const redis = await startRedis();
  const server = await serve(redis);
  const client = await openClient(server.url);
  await server.close();
  await client.until(() => !client.isOpen);
  await expect(server.publish({ data: 1 })).rejects.toThrow('The server is closed.');
  expect(await redis.command('CLIENT', 'LIST')).not.toMatch(/name=sse-counter/);
});

test.each([
  [{ keep: 0 }, 'keep takes a whole number from 1 to 1000000000, not 0.'],
  [{ commentInterval: 9 }, 'commentInterval takes a whole number from 10 to 3600000, not 9.'],
  [{ onProblem: 'log' as unknown as () => void }, 'onProblem takes a function, not a value of type string.'],
  [{ redisTimeout: 1.5 }, 'redisTimeout takes a whole number from 10 to 3600000, not 1.5.'],
])('the options %j are refused', async (options, sentence) => {
  const served = { redis: 'redis://127.0.0.1:1', stream: 'orders' };
  await expect(serveEventStream(served, options)).rejects.toThrow(sentence);
});
