// A Redis that says what none says, as another program on its port would.
import { expect, onTestFinished, test } from 'vitest';
import { publishScript } from '../../../src/api/redis/scriptPublication';
import { serveEventStream } from '../../../src/api/serveEventStream';
import { folderWith } from '../../support/programs/commandLine';
import { bulk, list, startLyingRedis } from '../../support/servers/lyingRedis';
import { openClient } from '../../support/servers/streamClient';

/** Entries with odd fields. */
const entry = (fields: string) => list(list(bulk('1-0'), list(bulk('data'), fields)));

test.each([
  ['a map among fields', entry('%1\r\n+a\r\n+b\r\n')],
  ['an error among fields', entry('-ERR x\r\n')],
  ['no list', ':7\r\n'],
  ['no id', list(list(bulk('x'), list(bulk('data'), bulk('a'))))],
  ['another protocol', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
  ['lists that are nested deeply', '*1\r\n'.repeat(100_000)],
  ['a length of petabytes', '*999999999999999\r\n'],
  ['lists of 33 million members that never come', '*33000000\r\n'.repeat(8)],
  ['more replies than were asked for', '+OK\r\n'.repeat(10_000)],
])('a server whose Redis replies with %s goes on, with its streams open', async (_, lie) => {
  const lies = { count: 0 };
  const redis = await startLyingRedis(([name]) => {
    if (name !== 'XRANGE') return undefined;
    lies.count += 1;
    return lie;
  });
  const server = await serveEventStream(
    { redis: redis.url, stream: 'orders' },
    { redisTimeout: 1000, fromStart: true, commentInterval: 20 },
  );
  onTestFinished(() => server.close());
  const client = await openClient(server.url);
  const comments = () => client.text.split('\n:').length;
  await client.until(() => lies.count > 0 && comments() > 10);
  expect(client.isOpen).toBe(true);
});

test('a Redis that says nothing is left at once when the server is closed, or can’t begin', async () => {
  let isSilent = false;
  const redis = await startLyingRedis(() => (isSilent ? '' : undefined));
  const server = await serveEventStream({ redis: redis.url, stream: 'orders' });
  isSilent = true;
  const before = new Set(redis.sockets);
  for (const socket of before) socket.destroy();
  const isBegun = () => [...redis.sockets].filter((socket) => !before.has(socket)).length > 0;
  await expect.poll(isBegun, { timeout: 10_000 }).toBe(true);
  await server.close();
  await expect.poll(() => redis.sockets.size).toBe(0);
  let asked = 0;
  const refusing = await startLyingRedis(() => {
    asked += 1;
    return asked === 1 ? '-NOPERM no\r\n' : '';
  });
  await expect(serveEventStream({ redis: refusing.url, stream: 'orders' })).rejects.toThrow('NOPERM');
  await expect.poll(() => refusing.sockets.size).toBe(0);
});

test('a reply of entries that are too large to be sent makes the next ones smaller', async () => {
  const large = (id: string) => list(bulk(id), list(bulk('data'), bulk('x'.repeat(2 * 1024 * 1024))));
  const counts: number[] = [];
  const redis = await startLyingRedis((words) => {
    const at = words.indexOf('COUNT');
    if (words[0] === 'XRANGE' && words[2] !== words[3]) counts.push(Number(words[at + 1]));
    return words[0] === 'XRANGE' ? list(large('1-0'), large('2-0')) : undefined;
  });
  const server = await serveEventStream({ redis: redis.url, stream: 'orders' }, { fromStart: true });
  onTestFinished(() => server.close());
  for (const _ of [1, 2]) {
    const client = await openClient(server.url);
    await client.until(() => client.events.length >= 2);
    expect(client.events[0]).toMatchObject({ event: 'omitted', id: '1-0' });
  }
  expect(counts[0]).toBeGreaterThan(10);
  expect(counts.at(-1)).toBeLessThan(3);
});

test('a reply of gigabytes takes no memory: its entries are asked for again, fewer at a time, and told of', async () => {
  const before = process.memoryUsage().rss;
  const megabyte = 'x'.repeat(1024 * 1024);
  const redis = await startLyingRedis((words, socket) => {
    if (words[0] !== 'XRANGE' || words[2] === words[3]) return undefined;
    // An entry of 200 MB, in pieces of one.
    socket.write(`*1\r\n*2\r\n${bulk('1-0')}*2\r\n${bulk('data')}$${200 * megabyte.length}\r\n`);
    for (let count = 0; count < 200; count += 1) socket.write(megabyte, 'latin1');
    return '\r\n';
  });
  const server = await serveEventStream({ redis: redis.url, stream: 'orders' }, { fromStart: true });
  onTestFinished(() => server.close());
  const client = await openClient(server.url);
  await client.until(() => client.events.length >= 1);
  expect(client.events[0]).toMatchObject({ event: 'omitted', id: '1-0' });
  expect(client.data[0]).toContain(`has ${4 + 200 * megabyte.length} bytes`);
  // The lying one is in this process, too, and its bytes are one text.
  expect(process.memoryUsage().rss - before).toBeLessThan(500_000_000);
});

test('a Redis that sends more than was asked for is refused, and the stream stays open', async () => {
  const counts: number[] = [];
  const entries = list(
    ...Array.from({ length: 9 }, (_, n) => list(bulk(`${n + 1}-0`), list(bulk('data'), bulk('x'.repeat(1024 * 1024))))),
  );
  const redis = await startLyingRedis((words) => {
    if (words[0] !== 'XRANGE' || words[2] === words[3]) return undefined;
    counts.push(Number(words[words.indexOf('COUNT') + 1]));
    return entries;
  });
  const server = await serveEventStream(
    { redis: redis.url, stream: 'orders' },
    { fromStart: true, commentInterval: 20 },
  );
  onTestFinished(() => server.close());
  const client = await openClient(server.url);
  await client.until(() => counts.length >= 2 && counts.at(-1) === 2);
  const asked = counts.length;
  await client.until(() => client.text.split('\n:').length > 10);
  expect(client.isOpen).toBe(true);
  // It is asked again after a second.
  expect(counts.length - asked).toBeLessThan(3);
});

test.each([
  ['doesn’t wait for entries', '*-1\r\n'],
  ['sends the same entry again and again', list(list(bulk('orders'), entry(bulk('x'))))],
])('a Redis that %s is asked ten times a second, and not without a break', async (_, reply) => {
  let reads = 0;
  const redis = await startLyingRedis(([name], socket) => {
    if (name !== 'XREAD') return undefined;
    socket.setNoDelay();
    reads += 1;
    return reply;
  });
  const server = await serveEventStream({ redis: redis.url, stream: 'orders' }, { commentInterval: 50 });
  onTestFinished(() => server.close());
  const client = await openClient(server.url);
  // Twenty comments take a second.
  await client.until(() => client.text.split('\n:').length > 20);
  expect(reads).toBeGreaterThan(1);
  expect(reads).toBeLessThan(40);
  expect(client.data.length).toBeLessThan(5);
});

test('a Redis that sends the same page of history for each id is asked for no further one', async () => {
  const one = (id: string) => list(bulk(id), list(bulk('data'), bulk(id)));
  let pages = 0;
  const redis = await startLyingRedis((words) => {
    if (words[0] !== 'XRANGE' || words[2] === words[3]) return undefined;
    pages += 1;
    const count = Number(words[words.indexOf('COUNT') + 1]);
    // The entry that was asked for comes first, as if the history knew it.
    const first = words[2] === '-' ? [] : [one(words[2] ?? '')];
    return list(...first, ...Array.from({ length: count - first.length }, (_, n) => one(`${n + 1}-0`)));
  });
  const server = await serveEventStream(
    { redis: redis.url, stream: 'orders' },
    { fromStart: true, commentInterval: 20 },
  );
  onTestFinished(() => server.close());
  const client = await openClient(server.url);
  await client.until(() => client.text.split('\n:').length > 10);
  expect(client.data.length).toBeGreaterThan(1);
  expect(new Set(client.data).size).toBe(client.data.length);
  expect(pages).toBeLessThan(30);
});

test('while a Redis loads its data, publishing is refused until later, and what is played waits, and is lost nowhere', async () => {
  let left = 2;
  const added: string[] = [];
  const redis = await startLyingRedis((words) => {
    if (words[0] !== 'XADD') return undefined;
    left -= 1;
    if (left >= 0) return '-LOADING Redis is loading the dataset in memory\r\n';
    added.push(words.at(-1) ?? '');
    return bulk(`${added.length}-0`);
  });
  const location = { redis: redis.url, stream: 'orders' };
  const server = await serveEventStream(location, {});
  onTestFinished(() => server.close());
  const refused = await fetch(server.url, { method: 'POST', body: 'a' });
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
  expect(await refused.text()).toContain('LOADING Redis is loading the dataset in memory. Nothing was published.');
  const problems: (string | undefined)[] = [];
  const played = await publishScript(
    `${folderWith({ 'a.sse': 'data: 1\n\n:@ wait 1ms\ndata: 2\n\n' })}/a.sse`,
    location,
    {
      ...{ loop: false, speed: 1, seed: undefined, keep: 1000, signal: new AbortController().signal, onReady() {} },
      onProblem: (problem) => problems.push(problem),
    },
  );
  expect([played, added]).toEqual([{ events: 2, unsure: 0 }, ['1', '2']]);
  expect(problems).toEqual([expect.stringContaining('is gone: LOADING'), undefined]);
});
