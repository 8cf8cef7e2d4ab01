import { expect, test } from 'vitest';
import { plainReason } from '../../../../src/server/redis/link/redisError';
import { loadRedis } from '../../../../src/server/redis/link/redisPackage';

test('a missing package is told with the command that installs it', async () => {
  const missing = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
  await expect(loadRedis(() => Promise.reject(missing))).rejects.toThrow(
    'The package redis is not installed. Install it beside this one: npm install redis',
  );
});

test('another failure of loading it stays what it is', async () => {
  const broken = new SyntaxError('broken');
  await expect(loadRedis(() => Promise.reject(broken))).rejects.toBe(broken);
});

test('a reason has no secret, one line, and an end', () => {
  expect(plainReason(new Error('user bob\nhas abc, bobby'), ['bob', 'abc'])).toBe('user *** has ***, bobby');
  const forms = `${JSON.stringify('a"b/c')} ${encodeURIComponent('a"b/c')} ${btoa('a"b/c')}`;
  expect(plainReason(new Error(`as ${forms}`), ['a"b/c'])).toBe('as "***" *** ***');
  expect(plainReason(new Error('x'.repeat(1000)), [undefined]).length).toBe(300);
});
