import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { countText, durationText, sizeText, timeText } from '../../../src/webview/shared/quantities';

/** Sets the page's language, as its root element does. */
const setLanguage = (lang: string) => vi.stubGlobal('document', { documentElement: { lang } });

beforeEach(() => setLanguage('en'));

afterEach(() => {
  vi.unstubAllGlobals();
});

test('a count is exact, and grouped as in the page’s language', () => {
  expect([0, 999, 10_000, 1_234_567].map(countText)).toEqual(['0', '999', '10,000', '1,234,567']);
  setLanguage('de');
  expect(countText(10_000)).toBe('10.000');
});

test.each([
  [0, '0 ms'],
  [0.4, '0 ms'],
  [80, '80 ms'],
  [999, '999 ms'],
  [999.6, '1.0 s'],
  [1234, '1.2 s'],
  [59_900, '59.9 s'],
  [60_000, '1.0 min'],
  [210_000, '3.5 min'],
  [3_600_000, '1.0 h'],
  [7_200_000, '2.0 h'],
  [360_000_000, '100 h'],
  [3_600_000_000, '1,000 h'],
])('%d milliseconds are %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [1234, '1.2 kB'],
  [123_456, '123 kB'],
  [1_000_000, '1.0 MB'],
  [16_777_216, '16.8 MB'],
  [5_000_000_000, '5,000 MB'],
])('%d bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});

test('decimals are as in the page’s language', () => {
  setLanguage('de');
  expect([durationText(1200), sizeText(1_500_000)]).toEqual(['1,2 s', '1,5 MB']);
});

test('a time is the local one, to the millisecond, each part with all its digits', () => {
  expect(timeText(new Date(2026, 0, 2, 3, 4, 5, 6).getTime())).toBe('03:04:05.006');
  expect(timeText(new Date(2026, 0, 2, 23, 59, 59, 999).getTime())).toBe('23:59:59.999');
});
