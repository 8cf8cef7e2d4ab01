import { expect, test } from 'vitest';
import { rowNear } from '../../../../src/extension/inspector/result/rowNear';

/** A view of rows that pass a filter, with the numbers of their events. */
const view = (...numbers: number[]) => ({ rows: numbers.length, numberAt: (row: number) => numbers[row] });

test.each([
  ['the event’s own row', [1, 2, 3], 2, 1],
  ['the row before an event that doesn’t pass the filter', [2, 5, 9], 8, 1],
  ['the last row, for an event that has none yet', [2, 5, 9], 100, 2],
  ['the first row, for an event before all of them', [5, 9], 1, 0],
  ['the only row', [7], 3, 0],
])('leads to %s', (_, numbers, event, row) => {
  expect(rowNear(view(...numbers), event)).toBe(row);
});

test('leads nowhere if there are no rows', () => {
  expect(rowNear(view(), 1)).toBeUndefined();
});

test('finds each of 100,000 rows, and looks at a few of them', () => {
  let looks = 0;
  const rows = {
    rows: 100_000,
    numberAt: (row: number) => {
      looks += 1;
      return 3 * row;
    },
  };
  expect([0, 1, 49_999, 99_999].map((row) => rowNear(rows, 3 * row + 1))).toEqual([0, 1, 49_999, 99_999]);
  expect(looks).toBeLessThan(80);
});
