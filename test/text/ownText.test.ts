import { expect, test } from 'vitest';
import { ownText } from '../../src/text/ownText';

test.each([
  ['', 5, ''],
  ['abc', 5, 'abc'],
  ['abcdefghijklm', 13, 'abcdefghijklm'],
  ['abcdefghijklmno', 13, 'abcdefghijklm'],
  ['abcdefghijklmno', 3, 'abc'],
])('of %j, %i characters are %j', (text, most, own) => {
  expect(ownText(text, most)).toBe(own);
});

test('the whole text is copied by default, with half characters as they are', () => {
  const text = '\ud800 and the half of another \udc00';
  expect(ownText(text)).toBe(text);
});
