import { expect, test } from 'vitest';
import { withFewDifferent } from '../../src/webview/boundedField';

const different = Array.from({ length: 30_000 }, (_, at) => String.fromCodePoint(0x4e00 + ((at * 7919) % 20_991)));

test('a text of very many different characters, which a line can’t be drawn of at each key, is cut', () => {
  const text = different.join('');
  expect(withFewDifferent(text, 1000)).toBe(text.slice(0, 1000));
  const astral = Array.from({ length: 20 }, (_, at) => String.fromCodePoint(0x20000 + at)).join('');
  expect(withFewDifferent(astral, 5)).toBe(astral.slice(0, 10));
});

test('a long text of few different characters is whole, in any script', () => {
  const url = `https://example.com/?q=${encodeURIComponent('日本語')}${'x'.repeat(90_000)}`;
  const japanese = `https://example.com/?q=${'日本語のテキストは、このように書かれます。'.repeat(500)}`;
  for (const text of [url, japanese, 'русский язык'.repeat(5000), '']) expect(withFewDifferent(text, 1000)).toBe(text);
});
