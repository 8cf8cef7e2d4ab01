// Events that report an error, though no protocol is known.
import { expect, test } from 'vitest';
import { isErrorEvent } from '../../../src/client/rows/errorEvent';

test('an event of the type error reports one, whatever its data', () => {
  expect(isErrorEvent('error', '')).toBe(true);
  expect(isErrorEvent('Error', 'x')).toBe(true);
  expect(isErrorEvent('errors', '')).toBe(false);
});

test('an object with a member error reports one, unless that is empty, null, false or 0', () => {
  const is = (data: string) => isErrorEvent('message', data);
  expect(is('{"error":"rate limit"}')).toBe(true);
  expect(is('{"error": {"message":"no"}}')).toBe(true);
  for (const value of ['null', 'false', '0', '""', '{}', '[ ]']) expect(is(`{"error":${value}}`)).toBe(false);
  expect(is('{"a":{"error":"x"}}')).toBe(false);
  expect(is('{"a":"\\"error\\""}')).toBe(false);
  expect(is('["error"]')).toBe(false);
});
