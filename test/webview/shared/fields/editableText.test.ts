import { expect, test } from 'vitest';
import { editableBeginning } from '../../../../src/webview/shared/fields/editableText';

const BUDGET = 100_000;
const different = Array.from({ length: 30_000 }, (_, at) => String.fromCodePoint(0x4e00 + ((at * 7919) % 20_991)));

test('a text of very many different characters, slow to draw after each key, is cut in a single-line field', () => {
  const text = different.join('');
  expect(editableBeginning(text, BUDGET, true)).toBe(text.slice(0, 1000));
  expect(editableBeginning(text, BUDGET, false)).toBe(text);
  const astral = Array.from({ length: 1100 }, (_, at) => String.fromCodePoint(0x20000 + at)).join('');
  expect(editableBeginning(astral, 10 * BUDGET, true)).toBe(astral.slice(0, 2000));
});

test('a long text of few different characters is kept whole, in any script', () => {
  const url = `https://example.com/?q=${encodeURIComponent('日本語')}${'x'.repeat(90_000)}`;
  const japanese = `https://example.com/?q=${'日本語のテキストは、このように書かれます。'.repeat(200)}`;
  for (const text of [url, japanese, 'русский язык '.repeat(1000), 'é'.repeat(BUDGET), ''])
    for (const isOneLine of [true, false]) expect(editableBeginning(text, BUDGET, isOneLine)).toBe(text);
});

test.each(['я', 'α', 'ā'])(
  'of %s, whose words are shaped anew at each line, half as many fit in several lines',
  (letter) => {
    const text = letter.repeat(BUDGET - 20);
    expect(editableBeginning(text, BUDGET, true)).toBe(text);
    expect(editableBeginning(text, BUDGET, false).length).toBeLessThanOrEqual(BUDGET / 2 + 20);
  },
);

test.each([
  ['letters of two fonts', '\u1e9e\u1ea0'],
  ['a letter and what is none', 'α\u038b'],
  ['syllables and what goes with Chinese', '가々'],
])('no more than a few thousand of %s are edited in a field', (_, unit) => {
  for (const isOneLine of [true, false])
    expect(editableBeginning(unit.repeat(BUDGET / 2), BUDGET, isOneLine).length).toBeLessThan(7000);
});
