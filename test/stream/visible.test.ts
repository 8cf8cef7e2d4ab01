import { expect, test } from 'vitest';
import { visible } from '../../src/stream/visible';
import { fuzz } from '../support/random/fuzz';

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

test('an incomplete character at the end doesn’t affect those before it', () => {
  expect(visible(Buffer.from('日本語').subarray(0, 8))).toBe('日本\\xE8\\xAA');
});

test('bytes that aren’t valid UTF-8 are shown as bytes', () => {
  expect(visible(Buffer.from([0x61, 0xff, 0xc3, 0x0a]))).toBe('a\\xFF\\xC3␊\n');
});

test('a byte that isn’t valid UTF-8 doesn’t affect the characters next to it', () => {
  const bytes = Buffer.concat([Buffer.from('日本'), Buffer.from([0xff]), Buffer.from('語\u200b')]);
  expect(visible(bytes)).toBe('日本\\xFF語⟨U+200B⟩');
});

test.each([
  ['a sequence longer than its character needs', [0xc0, 0x80], '\\xC0\\x80'],
  ['half of a surrogate pair', [0xed, 0xa0, 0x80], '\\xED\\xA0\\x80'],
  ['a code point above U+10FFFF', [0xf4, 0x90, 0x80, 0x80], '\\xF4\\x90\\x80\\x80'],
  ['a continuation without a beginning', [0x80, 0x61], '\\x80a'],
  ['a beginning without its continuation', [0xe3, 0x61], '\\xE3a'],
])('%s is shown as its bytes', (_, bytes, shown) => {
  expect(visible(Uint8Array.from(bytes))).toBe(shown);
});

test('random bytes that a strict decoder accepts are shown as text, and those that it refuses are not', async () => {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  await fuzz(2000, (random) => {
    const below = (limit: number) => Math.floor(random() * limit);
    const bytes = Uint8Array.from(
      { length: 1 + below(4) },
      () => [below(256), 0xc0 + below(64), 0x80 + below(64)][below(3)] ?? 0,
    );
    let isText = true;
    try {
      strict.decode(bytes);
    } catch {
      isText = false;
    }
    expect([bytes, visible(bytes).includes('\\x')]).toEqual([bytes, !isText]);
  });
});

test.each([0xa1, 0x7ff, 0x800, 0xfff, 0x1000, 0xd7fb, 0xf900, 0xffee, 0x10000, 0x1f600, 0x3ffff, 0x40000, 0xfffff])(
  'the character %i is decoded next to an invisible one, whatever its first byte is',
  (code) => {
    const character = String.fromCodePoint(code);
    expect(visible(Buffer.from(`${character}\u0000`))).toBe(`${character}␀`);
  },
);
