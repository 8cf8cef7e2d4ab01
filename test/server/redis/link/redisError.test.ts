import { expect, test } from 'vitest';
import { plainReason } from '../../../../src/server/redis/link/redisError';

test('a reason has no secret, one line, and an end', () => {
  expect(plainReason(new Error('user bob\nhas abc, bobby'), ['bob', 'abc'])).toBe('user *** has ***, bobby');
  const forms = `${JSON.stringify('a"b/c')} ${encodeURIComponent('a"b/c')} ${btoa('a"b/c')}`;
  expect(plainReason(new Error(`as ${forms}`), ['a"b/c'])).toBe('as "***" *** ***');
  expect(plainReason(new Error('x'.repeat(1000)), [undefined]).length).toBe(300);
});

test('a reason of Redis steers no terminal', () => {
  expect(plainReason(new Error('\u001b]0;a\u0007\u202eb'), [])).toBe('⟨U+001B⟩]0;a⟨U+0007⟩⟨U+202E⟩b');
});

test('a reason has no part of a long secret: Redis repeats the beginning of a command', () => {
  const secret = 'Tok3n.abcdefghij0123456789'.repeat(8);
  const reply = `ERR unknown command 'AUTH', with args beginning with: 'bob' '${secret.slice(0, 121)}' `;
  const shown = "ERR unknown command 'AUTH', with args beginning with: '***' '***' ";
  expect(plainReason(new Error(reply), [secret, 'bob'])).toBe(shown);
  expect(plainReason(new Error(`ends with ${secret.slice(-9)}`), [secret])).toBe('ends with ***');
});

test('a reason and a secret of which parts are alike without end take no time', () => {
  const before = process.cpuUsage();
  plainReason(new Error('a'.repeat(4096)), [`${'a'.repeat(4000)}b`, 'a'.repeat(4000)]);
  plainReason(new Error('aaaaaaab'.repeat(512)), [`${'a'.repeat(4000)}`]);
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(200);
});
