import { expect, test } from 'vitest';
import { isolated, withCodes, withEscapes } from '../../src/text/foreignText';
import { fuzz } from '../support/random/fuzz';

/** Direction marks, and paragraph separators for the order of characters (Unicode UAX #9). */
const STEERING = /[\u0085\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\n\r]/u;

test.each([
  ['text/event-stream', 'text/event-stream'],
  ['12\u202e', '12⟨U+202E⟩'],
  ['a\tb\r\nc\u0085d\u2028e\u2069f\u200fg', 'a b c⟨U+0085⟩d⟨U+2028⟩e⟨U+2069⟩f⟨U+200F⟩g'],
  ['接続 “é” 👨‍👩‍👧 שלום', '接続 “é” 👨‍👩‍👧 שלום'],
])('every character of %j is visible: %j', (text, shown) => {
  expect(withCodes(text)).toBe(shown);
});

test('a text of ordinary letters is embedded as it is; any other is isolated, so that it doesn’t affect its surroundings', () => {
  expect(isolated('Last event 7…')).toBe('Last event 7…');
  expect(isolated('שלום')).toBe('\u2068שלום\u2069');
  // Unescaped, the character would end the isolation.
  expect(isolated('a\u2069\u202eb')).toBe('\u2068a⟨U+2069⟩⟨U+202E⟩b\u2069');
});

test('a JSON string has escapes for invisible characters, and means the same', () => {
  expect(withEscapes('"a\u202e\u{e0041}é"')).toBe('"a\\u202E\\uDB40\\uDC41é"');
});

test('no text affects the direction of its surroundings, and its JSON means the same', () =>
  fuzz(1000, (random) => {
    const units = Array.from({ length: 20 }, () => {
      const from = [0, 0x80, 0x590, 0x2000, 0x2060, 0xfe00, 0xe0000][Math.floor(random() * 7)] ?? 0;
      return String.fromCodePoint(from + Math.floor(random() * 0x80));
    });
    const text = units.join('');
    expect(withCodes(text)).not.toMatch(STEERING);
    expect(isolated(text).replace(/^\u2068|\u2069$/g, '')).not.toMatch(STEERING);
    const json = withEscapes(JSON.stringify(text));
    expect(json).not.toMatch(STEERING);
    expect(JSON.parse(json)).toBe(text);
  }));
