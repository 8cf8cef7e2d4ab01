import { expect, test } from 'vitest';
import { isolated, withCodes, withEscapes } from '../../src/text/foreignText';
import { fuzz } from '../support/random/fuzz';

/** Marks of direction, and what ends a paragraph for the order of its characters (Unicode UAX #9). */
const STEERING = /[\u0085\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\n\r]/u;

test.each([
  ['text/event-stream', 'text/event-stream'],
  ['12\u202e', '12⟨U+202E⟩'],
  ['a\tb\r\nc\u0085d\u2028e\u2069f\u200fg', 'a b c⟨U+0085⟩d⟨U+2028⟩e⟨U+2069⟩f⟨U+200F⟩g'],
  ['接続 “é” 👨‍👩‍👧 שלום', '接続 “é” 👨‍👩‍👧 שלום'],
])('of %j each character can be seen: %j', (text, shown) => {
  expect(withCodes(text)).toBe(shown);
});

test('a text of ordinary letters stands in a line as it is; any other by itself, and has no say beyond', () => {
  expect(isolated('Last event 7…')).toBe('Last event 7…');
  expect(isolated('שלום')).toBe('\u2068שלום\u2069');
  // It would end what keeps it by itself.
  expect(isolated('a\u2069\u202eb')).toBe('\u2068a⟨U+2069⟩⟨U+202E⟩b\u2069');
});

test('a string of JSON has escapes for what can’t be seen, and means the same', () => {
  expect(withEscapes('"a\u202e\u{e0041}é"')).toBe('"a\\u202E\\uDB40\\uDC41é"');
});

test('whatever a text holds, it doesn’t steer what stands beside it, and its JSON means the same', () =>
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
