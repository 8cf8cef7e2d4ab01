import { expect, test } from 'vitest';
import { LargeReply, type RedisReply, RefusedReply } from '../../../../src/server/redis/link/redisReply';
import { ReplyReader } from '../../../../src/server/redis/link/replyReader';
import { bulk, list } from '../../../support/servers/lyingRedis';

/** Returns the replies in a text of RESP that comes in pieces of a size. */
function repliesIn(text: string, size = text.length): RedisReply[] {
  const replies: RedisReply[] = [];
  const reader = new ReplyReader((reply) => replies.push(reply));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) reader.feed(bytes.subarray(at, at + size));
  return replies;
}

const TEXT_LIMIT = 1280 * 1024;

test('replies of all kinds are read, however they are cut', () => {
  const text = `+OK\r\n-ERR no\r\n:-7\r\n${bulk('ä\r\nb')}$-1\r\n*-1\r\n*0\r\n$0\r\n\r\n${list(bulk('a'), list(bulk('b'), ':1\r\n'), '+c\r\n')}`;
  const all = ['OK', new RefusedReply('ERR no'), -7, 'ä\r\nb', null, null, [], '', ['a', ['b', 1], 'c']];
  for (const size of [1, 2, 3, 5, 7, 1000]) expect(repliesIn(text, size)).toEqual(all);
});

test('of a list whose texts are too large, its size is kept alone, and all around it stays', () => {
  const entry = (length: number) => list(bulk('1-0'), list(bulk('data'), bulk('x'.repeat(length))));
  const [fits, large, next] = (repliesIn(list(entry(TEXT_LIMIT - 4), entry(TEXT_LIMIT - 3), entry(1)), 65_536)[0] ??
    []) as readonly RedisReply[][];
  expect(fits?.[1]).toHaveLength(2);
  expect(large).toEqual(['1-0', new LargeReply(TEXT_LIMIT + 1, 2)]);
  expect(next).toEqual(['1-0', ['data', 'x']]);
});

test('of a list with too many members, their number is kept alone', () => {
  const many = (count: number) => `*${count}\r\n${':1\r\n'.repeat(count)}`;
  const [[fits, large] = []] = repliesIn(list(many(25_000), many(25_001))) as RedisReply[][];
  expect(fits).toHaveLength(25_000);
  expect(large).toEqual(new LargeReply(0, 25_001));
});

test('of a reply that is too large in all, nothing is kept, and the next one is read', () => {
  const entry = list(bulk('1-0'), list(bulk('data'), bulk('x'.repeat(1024 * 1024))));
  const [fits, large, next] = repliesIn(
    `${list(...Array(7).fill(entry))}${list(...Array(8).fill(entry))}+OK\r\n`,
    65_536,
  );
  expect(fits).toHaveLength(7);
  expect(large).toBeInstanceOf(LargeReply);
  expect(next).toBe('OK');
  expect(repliesIn(`${bulk('x'.repeat(TEXT_LIMIT + 1))}+OK\r\n`)).toEqual([expect.any(LargeReply), 'OK']);
});

test('no memory is taken for what is only promised', () => {
  const before = process.memoryUsage().rss;
  for (const head of ['*33000000\r\n'.repeat(8), '*1\r\n$9000000000\r\n']) expect(repliesIn(head)).toEqual([]);
  expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
});

test('a line without end is cut, and takes no memory', () => {
  const before = process.memoryUsage().rss;
  const replies: RedisReply[] = [];
  const reader = new ReplyReader((reply) => replies.push(reply));
  reader.feed(Buffer.from('-ERR '));
  const piece = Buffer.alloc(65_536, 'x');
  for (let count = 0; count < 5000; count += 1) reader.feed(piece);
  reader.feed(Buffer.from('\r\n:1\r\n'));
  expect(replies).toEqual([new RefusedReply(`ERR ${'x'.repeat(4096 - 5)}`), 1]);
  expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
});

test.each([
  '%1\r\n',
  '>1\r\n',
  '$x\r\n',
  ':\r\n',
  '*1e9\r\n',
  '\r\n',
  `${'*1\r\n'.repeat(9)}:1\r\n`,
  '\u0016\u0003\u0001\n',
])('what no Redis sends is an error: %j', (text) => {
  expect(() => repliesIn(text)).toThrow('it has replied with what no Redis does');
});
