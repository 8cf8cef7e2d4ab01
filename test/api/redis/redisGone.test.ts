import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { RedisServeOptions } from '../../../src/api/redis/redisEventStream';
import { serveEventStream } from '../../../src/api/serveEventStream';
import { DURABLE, type Redis, startRedis } from '../../support/servers/redis';
import { openClient } from '../../support/servers/streamClient';

/** Starts a server of a stream, with the problems that it tells. */
async function serve(redis: Redis, options: RedisServeOptions = {}) {
  const problems: (string | undefined)[] = [];
  let onTold = () => {};
  const server = await serveEventStream(
    { redis: redis.url, stream: 'orders' },
    {
      redisTimeout: 1000,
      onProblem: (problem) => {
        problems.push(problem);
        onTold();
      },
      ...options,
    },
  );
  onTestFinished(() => server.close());
  const back = async () => {
    while (problems.at(-1) !== undefined || problems.length === 0)
      await new Promise<void>((resolve) => {
        onTold = resolve;
      });
  };
  return { server, url: server.url, problems, back };
}

async function post(url: string, body: string) {
  const response = await fetch(url, { method: 'POST', body });
  return { status: response.status, text: await response.text(), retryAfter: response.headers.get('retry-after') };
}

test('Redis is killed and started again: streams stay open with comments, publishing is refused meanwhile, and all goes on', async () => {
  const redis = await startRedis(DURABLE);
  const { server, url, problems, back } = await serve(redis, { commentInterval: 50 });
  const client = await openClient(url);
  await server.publish({ data: 1 });
  await client.until(() => client.events.length === 1);
  await redis.kill();
  const size = client.text.length;
  await client.until(() => client.text.slice(size).includes(':\n:\n'));
  const refused = await post(url, '2');
  expect([refused.status, refused.retryAfter]).toEqual([503, '2']);
  expect(refused.text).toMatch(/^Redis is gone: .+\. Nothing was published\. Publish again later\.\n$/);
  await redis.start();
  await back();
  await server.publish({ data: 3 });
  await client.until(() => client.events.length === 2);
  expect([client.data, client.isOpen]).toEqual([['1', '3'], true]);
  expect(problems[0]).toMatch(
    /^Redis on redis:\/\/127\.0\.0\.1:\d+ is gone: .+\. Streams stay open; it is tried again\.$/,
  );
});

test('Redis that has stopped is told as such, once it has taken too long; what is unsure is said', async () => {
  const redis = await startRedis();
  const { url, back } = await serve(redis);
  const client = await openClient(url);
  redis.signal('SIGSTOP');
  const unsure = await post(url, '1');
  expect([unsure.status, unsure.retryAfter]).toEqual([503, '2']);
  expect(unsure.text).toContain('it hasn’t answered for 1 s. It may have been published');
  expect((await post(url, '2')).text).toContain('Nothing was published');
  redis.signal('SIGCONT');
  await back();
  await post(url, '3');
  await client.until(() => client.data.includes('3'));
  expect(client.data).toEqual(['1', '3']);
});

test('a Redis that comes back without its history is told to all clients by resync, and they go on', async () => {
  const redis = await startRedis();
  await redis.command('XADD', 'orders', '99999999999999-0', 'data', 'old');
  const { url, back } = await serve(redis);
  const client = await openClient(url, '99999999999999-0');
  await client.until(() => client.text !== '' || client.isOpen);
  await redis.kill();
  await redis.start();
  await back();
  const resync = { event: 'resync', data: '99999999999999-0', id: undefined };
  await client.until(() => client.events.length === 1);
  await redis.command('XADD', 'orders', '5-0', 'data', 'new');
  await client.until(() => client.data.includes('new'));
  // A client that hadn't read the history before Redis was gone is told of both gaps: in the history, and in front of what comes.
  const told = client.events.slice(0, -1);
  expect(told).toEqual(told.length > 1 ? [resync, resync] : [resync]);
  expect([client.events.at(-1), client.isOpen]).toEqual([{ event: 'message', data: 'new', id: '5-0' }, true]);
});

test('entries that were trimmed away while a server could not read are told by resync, and the rest is sent', async () => {
  const redis = await startRedis(DURABLE);
  const { server, url } = await serve(redis);
  const client = await openClient(url);
  const last = await server.publish({ data: 'seen' });
  await client.until(() => client.events.length === 1);
  // The server is back after 100 ms at the earliest.
  await redis.command('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  await redis.command(
    'EVAL',
    "for n = 1, 5 do redis.call('XADD', 'orders', '*', 'data', n) end redis.call('XTRIM', 'orders', 'MAXLEN', '2')",
    '0',
  );
  await client.until(() => client.data.includes('5'));
  expect(client.data).toEqual(['seen', last, '4', '5']);
});

test('a client that comes while Redis is gone is sent what it missed when Redis is back', async () => {
  const redis = await startRedis(DURABLE);
  const { server, url, back } = await serve(redis);
  const first = await server.publish({ data: 1 });
  await server.publish({ data: 2 });
  await redis.kill();
  const client = await openClient(url, first);
  await delay(50);
  await redis.start();
  await back();
  await client.until(() => client.events.length === 1);
  expect(client.data).toEqual(['2']);
});

test('a key that becomes something else than a stream is told, and the server goes on when it is one again', async () => {
  const redis = await startRedis();
  const { url, server } = await serve(redis);
  const client = await openClient(url);
  await redis.command('SET', 'orders', 'text');
  expect(await post(url, '1')).toMatchObject({ status: 502, text: expect.stringContaining('WRONGTYPE') });
  await redis.command('DEL', 'orders');
  await server.publish({ data: 2 });
  await client.until(() => client.events.length === 1);
  expect(client.data).toEqual(['2']);
});

test('a server that can’t reach Redis doesn’t start, and says where it looked, without the password', async () => {
  const redis = await startRedis();
  await redis.kill();
  const url = `redis://bob:s3cret@127.0.0.1:${redis.port}`;
  await expect(serveEventStream({ redis: url, stream: 'orders' })).rejects.toThrow(
    `Redis on redis://127.0.0.1:${redis.port} can’t be used: connect ECONNREFUSED 127.0.0.1:${redis.port}. Start it, or check the address, user and password.`,
  );
});
