// The header Authorization among header lines, to be typed or replaced.
import { expect, test } from 'vitest';
import { hasAuthorization, withAuthorization } from '../../../../src/webview/inspector/request/authorizationLine';

test.each([
  ['', 'Authorization: Bearer ', ''],
  ['Accept: a', 'Accept: a\nAuthorization: Bearer ', ''],
  ['Accept: a\n', 'Accept: a\nAuthorization: Bearer ', ''],
  ['authorization:Basic 1\nAccept: a', 'authorization:Basic 1\nAccept: a', 'Basic 1'],
  ['A: b\nAuthorization : Bearer •••1', 'A: b\nAuthorization : Bearer •••1', 'Bearer •••1'],
  ['Proxy-Authorization: a', 'Proxy-Authorization: a\nAuthorization: Bearer ', ''],
])('of %j, it makes %j and selects %j', (headers, text, value) => {
  const made = withAuthorization(headers);
  expect([made.text, made.text.slice(made.from, made.to)]).toEqual([text, value]);
  expect(hasAuthorization(text)).toBe(true);
});

test('other headers aren’t taken for it', () => {
  expect(hasAuthorization('Proxy-Authorization: a\nX: authorization: b')).toBe(false);
});
