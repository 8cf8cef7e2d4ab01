import { expect, test } from 'vitest';
import { drawnBy } from './drawn';

const CASES = ['a', 'b', 'c', 'd', 'e'];

test('as many cases are drawn as are wanted, in their order', () => {
  expect(drawnBy(0, CASES, 2)).toEqual(['a', 'c']);
  expect(drawnBy(4, CASES, 2)).toEqual(['b', 'e']);
});

test('one seed after the other, each case has its turn', () => {
  const turns = CASES.map((_, seed) => drawnBy(seed, CASES, 1));
  expect(turns).toEqual([['a'], ['b'], ['c'], ['d'], ['e']]);
});

test('where all are wanted, or more, all are drawn once', () => {
  expect(drawnBy(7, CASES, 5)).toEqual(CASES);
  expect(drawnBy(7, CASES, 9)).toEqual(CASES);
});
