// Widths of the table's columns.
import { expect, test } from 'vitest';
import { mostWidth, textWidth, tracks } from '../../../../src/webview/inspector/events/columns/columnWidths';

const column = (name: string, content = 0, set?: number) => ({ name, content, set });

test('a column is as wide as its content, within its limits, and the data take what is left', () => {
  const columns = [column('number', 3), column('event', 14), column('json:user.id', 90), column('data', 500)];
  expect(tracks(columns, false)).toBe('minmax(3ch, 5ch) minmax(3ch, 14ch) minmax(3ch, 28ch) minmax(12ch, 1fr)');
});

test('a width that the user has set comes before that of the content', () => {
  expect(tracks([column('event', 14, 200), column('data')], false)).toBe('minmax(3ch, 200px) minmax(12ch, 1fr)');
});

test('a narrow table leaves out gap, id and size, and the time beside values of JSON keys', () => {
  const named = ['number', 'time', 'gap', 'event', 'id', 'data', 'size'].map((name) => column(name, 10));
  expect(tracks(named, true).split(') ')).toHaveLength(4);
  expect(tracks([...named, column('json:a')], true).split(') ')).toHaveLength(4);
});

test('a text’s width counts wide characters and emoji twice, and is measured up to a length', () => {
  expect(textWidth('')).toBe(0);
  expect(textWidth('12:00')).toBe(6);
  expect(textWidth('イベント')).toBe(9);
  expect(textWidth('message', true)).toBe(10);
  expect(textWidth('x'.repeat(1_000_000))).toBe(41);
});

test('no text is wider than its length lets expect', () => {
  for (const text of ['', 'i', 'ア', '🌊', 'イベント', 'x'.repeat(100)])
    for (const isMonospace of [false, true]) expect(textWidth(text, isMonospace)).toBeLessThanOrEqual(mostWidth(text));
});
