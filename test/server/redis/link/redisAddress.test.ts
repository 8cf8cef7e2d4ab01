import { expect, test } from 'vitest';
import {
  isAnyUrl,
  readAddress,
  shownAddress,
  shownStreamUrl,
  splitStreamUrl,
} from '../../../../src/server/redis/link/redisAddress';

const SECRET = 'p%40ss';

test('an address has its parts, percent-decoded', () => {
  expect(readAddress(`rediss://us%65r:${SECRET}@[::1]:7000/3`, '')).toEqual({
    ...{ isSecure: true, host: '::1', port: 7000, database: 3, username: 'user', password: 'p@ss' },
  });
  expect(readAddress('redis://example.com', undefined)).toMatchObject({ port: 6379, database: 0, isSecure: false });
});

test('an address is shown without user and password', () => {
  expect(shownAddress(readAddress(`rediss://u:${SECRET}@[::1]:7000/3`, ''))).toBe('rediss://[::1]:7000/3');
  expect(shownStreamUrl(`redis://u:${SECRET}@host/a%2Fb?db=2`)).toBe('redis://host:6379/a%2Fb?db=2');
});

test('REDIS_URL has the password of its own host, port and scheme, and for no other', () => {
  const known = `redis://u:${SECRET}@host:6379/1`;
  expect(readAddress('redis://host', known)).toMatchObject({ username: 'u', password: 'p@ss', database: 0 });
  expect(readAddress('redis://', known)).toMatchObject({ host: 'host', password: 'p@ss', database: 1 });
  for (const other of ['redis://host:6380', 'redis://other', 'rediss://host'])
    expect(readAddress(other, known)).toMatchObject({ username: undefined, password: undefined });
  expect(readAddress('redis://:own@host', known)).toMatchObject({ username: undefined, password: 'own' });
});

test('a REDIS_URL that is none is told where it is needed, and nowhere else', () => {
  expect(() => readAddress('redis://host', 'unix:/a')).toThrow('REDIS_URL is no URL of a Redis');
  expect(readAddress('redis://:own@host', 'unix:/a')).toMatchObject({ password: 'own' });
});

test.each([
  'http://host',
  'redis://',
  `redis://u:${SECRET}@host/stream`,
  `redis://u:${SECRET}%@host`,
  `redis://u:${SECRET}@host:99999`,
  `redis://u:${SECRET}@host?x`,
  `redis://${SECRET.repeat(1000)}@host`,
])('%j is refused with a sentence that doesn’t repeat it', (text) => {
  let message = '';
  try {
    readAddress(text, '');
  } catch (error) {
    message = String(error);
  }
  expect(message).toMatch(/^RedisAddressError: .+[.%]/);
  expect(message).not.toContain(SECRET);
});

test('a stream’s name is the path, percent-decoded, up to 1,024 bytes', () => {
  expect(splitStreamUrl('redis://h/a%2F%7Bb%7D')).toEqual({ redis: 'redis://h', stream: 'a/{b}' });
  expect(splitStreamUrl(`redis://h/${'x'.repeat(1024)}`).stream.length).toBe(1024);
  expect(() => splitStreamUrl(`redis://h/${'x'.repeat(1025)}`)).toThrow('at most 1024 bytes');
  expect(() => splitStreamUrl('redis://h/a?db=x')).toThrow('only ?db=NUMBER');
});

test('what is meant as a URL is no file, also with another scheme or a slip; names of files are', () => {
  const urls = [
    'redis://h/s',
    'REDISS:h',
    'valkey://:p@h/s',
    'rediss+sentinel://u:p@h',
    'http://h',
    'redis//u:p@h/s',
    'valkey:u:p@h',
    'u:p@h:6379/s',
  ];
  expect(urls.filter((text) => !isAnyUrl(text))).toEqual([]);
  const files = [
    'a.sse',
    'C:\\a.sse',
    'c:/a.sse',
    '//server/share/a.sse',
    'me@home/a.sse',
    'redis.sse',
    'redis/a.sse',
    'a//b@c.sse',
    'C:\\a@b.sse',
    './12:30@home.sse',
  ];
  expect(files.filter(isAnyUrl)).toEqual([]);
});
