import { expect, test } from 'vitest';
import { rowOfKey } from '../../../../src/webview/inspector/events/rowKeys';

/** Rows 100 to 999, of which ten from 500 on are visible. */
const ROWS = { first: 100, end: 1000, lines: { firstVisible: 500, perPage: 10 } };

test.each([
  ['ArrowDown', undefined, 500],
  ['ArrowUp', undefined, 509],
  ['ArrowDown', 300, 301],
  ['ArrowUp', 300, 299],
  ['PageDown', undefined, 510],
  ['PageUp', undefined, 490],
  ['PageDown', 300, 310],
  ['PageUp', 300, 290],
  ['Home', 300, 100],
  ['End', 300, 999],
  ['a', 300, undefined],
])('%s leads from %s to %s', (key, place, row) => {
  expect(rowOfKey(key, place, ROWS)).toBe(row);
});
