import { expect, test } from 'vitest';
import { GapMedian } from '../../../src/analysis/timeline/gapMedian';

function medianOf(gaps: number[]): number | undefined {
  const median = new GapMedian();
  for (const gap of gaps) median.add(gap);
  return median.value;
}

test('the median of no gaps isn’t known, that of equal ones is exact', () => {
  expect([[], [250], [250, 250, 250], [63], [64], [86_400_000]].map(medianOf)).toEqual([
    undefined,
    250,
    250,
    63,
    64,
    86_400_000,
  ]);
});

test('the median of others is right to 3 %, in any order of magnitude', () => {
  for (const scale of [1, 10, 333, 1_000, 60_000, 3_600_000]) {
    const gaps = Array.from({ length: 999 }, (_, index) => scale * (1 + ((index * 617) % 999)));
    expect(Math.abs((medianOf(gaps) ?? 0) / (scale * 500) - 1)).toBeLessThan(0.03);
  }
});

test('a gap of years is counted, too', () => {
  expect(medianOf([1, 1e12, 1e13])).toBeGreaterThan(1e11);
});
