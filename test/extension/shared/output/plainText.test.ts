import { expect, test } from 'vitest';
import { MAX_MESSAGE, plainText } from '../../../../src/extension/shared/output/plainText';
import { fuzz } from '../../../support/random/fuzz';

/** VS Code's own expressions: src/vs/base/common/linkedText.ts and iconLabels.ts, the same in 1.100 and 1.139. */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;
const ICON = /(\\)?\$\(([A-Za-z0-9-]+(?:~[A-Za-z]+)?)\)/g;

/** Returns the visible text, without characters that have no width. */
const seen = (text: string) => text.replaceAll('\u2060', '');

test.each([
  '[Fix it](command:workbench.action.terminal.new?%7B%22config%22%7D).sse',
  'a [b](command:c "d") [e](https://f/) [g](file:///h) [[i](command:j)](command:k)',
  '[a\nb](command:c)',
  '[a](COMMAND:b) [c](HTTPS://d)',
  '$(zap) $(loading~spin) \\$(zap) $$(zap) $($(zap))',
  '[$(zap)](command:a)',
  ']([a](command:b)](command:c)',
  '[a]\u2060(command:b)',
])('%j shows its characters, and is neither link nor icon', (text) => {
  const shown = plainText(text);
  expect(shown.match(LINK)).toBeNull();
  expect(shown.match(ICON)).toBeNull();
  expect(seen(shown)).toBe(text.replace('\n', ' ').replaceAll('\u2060', '⟨U+2060⟩'));
});

test.each([
  ['one\ntwo\r\nthree\tfour', 'one two three four'],
  ['a\u2028b\u0000c\u001b[31m', 'a⟨U+2028⟩b⟨U+0000⟩c⟨U+001B⟩[31m'],
  ['invoice\u202Egpj.sse', 'invoice⟨U+202E⟩gpj.sse'],
  ['a\u{e0041}b', 'a⟨U+E0041⟩b'],
  ['接続 “é” 👨‍👩‍👧', '接続 “é” 👨‍👩‍👧'],
])('%j is one line of characters that can be seen: %j', (text, shown) => {
  expect(plainText(text)).toBe(shown);
});

test('a longer text is cut, but not in the middle of a surrogate pair', () => {
  expect(plainText('a'.repeat(MAX_MESSAGE))).toBe('a'.repeat(MAX_MESSAGE));
  expect(plainText('a'.repeat(MAX_MESSAGE + 1))).toBe(`${'a'.repeat(MAX_MESSAGE - 1)}…`);
  expect(plainText('ab👍cd', 4)).toBe('ab…');
  expect(plainText('ab👍cd', 5)).toBe('ab👍…');
});

test('a text of characters that are shown as codes is no longer than others', () => {
  expect(plainText('\u202e'.repeat(MAX_MESSAGE))).toHaveLength(MAX_MESSAGE);
});

test('random texts of markup characters never become a link or an icon', async () => {
  const pieces = ['[', ']', '(', ')', '$', '\\', 'command:', 'https://', 'file:', 'a', ' ', '"', '\u2060', '~', '-'];
  await fuzz(2000, (random) => {
    const text = Array.from({ length: 20 }, () => pieces[Math.floor(random() * pieces.length)]).join('');
    const shown = plainText(text);
    expect(shown.match(LINK) ?? shown.match(ICON)).toBeNull();
  });
});
