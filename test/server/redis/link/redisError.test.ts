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
