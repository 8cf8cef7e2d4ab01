import { expect, test } from 'vitest';
import { FreshDelays, SharedDelays } from '../../src/script/delays';
import { RandomPauses } from '../../src/script/randomPauses';
import { newScript } from '../support/mock/newScript';

const PAUSES = [
  { before: 1, spread: 100 },
  { before: 1, spread: 10 },
  { before: 3, spread: 1000 },
];

/** Returns the numbers in turn. */
function drawn(...numbers: number[]): () => number {
  return () => numbers.shift() ?? Number.NaN;
}

test('a pause delays all steps behind it', () => {
  for (const delays of [
    new FreshDelays(PAUSES, drawn(0.5, 0.1, 0.25), 0),
    new SharedDelays(PAUSES, drawn(0.5, 0.1, 0.25)),
  ])
    expect([0, 1, 2, 3, 4].map((index) => delays.before(index))).toEqual([0, 51, 51, 301, 301]);
});

test('for a client that resumes, the pauses before its first step are over, and the one right before it isn’t', () => {
  expect(new FreshDelays(PAUSES, drawn(0.5), 2).before(3)).toBe(500);
  expect(new FreshDelays(PAUSES, drawn(0.5), 3).before(3)).toBe(500);
  expect(new FreshDelays(PAUSES, drawn(), 4).before(4)).toBe(0);
});

const SCRIPT = newScript('data: a\n\n:@ wait 1s..2s\ndata: b\n\n:@ wait 1s..3s\ndata: c\n\n');
const sums = (pauses: RandomPauses, id: number, isShared = false) => {
  const delays = pauses.of(id, () => isShared)(SCRIPT, 0);
  return [delays.before(1), delays.before(2)];
};

test('with a seed, each connection has the same pauses in each run, and other ones than the others', () => {
  const [one, other] = [new RandomPauses(7), new RandomPauses(7)];
  expect(sums(one, 1)).toEqual(sums(other, 1));
  expect(sums(one, 2)).toEqual(sums(other, 2));
  expect(sums(one, 1)).not.toEqual(sums(one, 2));
  expect(sums(new RandomPauses(8), 1)).not.toEqual(sums(one, 1));
  expect(sums(new RandomPauses(), 1)).not.toEqual(sums(new RandomPauses(), 1));
});

test('they are drawn anew in each round of a connection, evenly over their range', () => {
  const delaysOf = new RandomPauses(1).of(1, () => false);
  const first = Array.from({ length: 1000 }, () => delaysOf(SCRIPT, 0).before(1));
  expect(new Set(first).size).toBeGreaterThan(990);
  expect(Math.min(...first)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...first)).toBeLessThan(1000);
  const mean = first.reduce((sum, delay) => sum + delay, 0) / first.length;
  expect(Math.abs(mean - 500)).toBeLessThan(50);
});

test('on a shared timeline, all have the same', () => {
  const pauses = new RandomPauses();
  const before = sums(pauses, 1, true);
  expect(sums(pauses, 2, true)).toEqual(before);
  expect(pauses.shared(SCRIPT).before(1)).toBe(before[0]);
});
