import { expect, test } from 'vitest';
import { visible } from '../../src/inspector/visible';

test.each([
  ['data: a\n\n', 'data: a␊\n␊\n'],
  ['a\r\n', 'a␍␊\n'],
  ['a\tb\0\x7f', 'a␉b␀␡'],
  ['a b\u00a0c\u3000', 'a b⟨U+00A0⟩c⟨U+3000⟩'],
  ['\ufeffdata', '⟨U+FEFF⟩data'],
  ['a\u200bb\u202ec', 'a⟨U+200B⟩b⟨U+202E⟩c'],
  ['日本語 ü 😀', '日本語 ü 😀'],
])('%j is shown as %j', (text, shown) => {
  expect(visible(Buffer.from(text))).toBe(shown);
});

test('a character that the end cuts off doesn’t spoil those before it', () => {
  expect(visible(Buffer.from('日本語').subarray(0, 8))).toBe('日本\\xE8\\xAA');
});

test('bytes that are no UTF-8 are shown as such', () => {
  expect(visible(Buffer.from([0x61, 0xff, 0xc3, 0x0a]))).toBe('a\\xFF\\xC3␊\n');
});
