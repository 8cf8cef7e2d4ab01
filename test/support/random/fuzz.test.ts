import { expect, test, vi } from 'vitest';
import { fuzz, seedsOf } from './fuzz';

test('a test makes its usual number of runs at a budget of 1,000, in proportion at another, and at least one', () => {
  const seeds = (budget: number) => seedsOf(20, { budget, seed: 7, failed: [] });
  expect(seeds(1000)).toEqual(Array.from({ length: 20 }, (_, index) => 7 + index));
  expect(seeds(10_000)).toHaveLength(200);
  expect(seeds(1)).toEqual([7]);
});

test('seeds that failed once run first, at any budget', () => {
  expect(seedsOf(1, { budget: 1, seed: 7, failed: [3, 9] })).toEqual([3, 9, 7]);
});

test('each run has random numbers of its own, which depend on its seed', async () => {
  const numbers = new Map<number, number>();
  const { runs } = await fuzz(10, (random, seed) => numbers.set(seed, random()), { failed: [5], atOnce: 3 });
  expect(numbers.size).toBe(runs);
  expect(new Set(numbers.values()).size).toBe(runs);
  await fuzz(1, (random, seed) => expect(random()).toBe(numbers.get(seed)), { failed: [5] });
});

test('the error of a failed run contains its seed, and how to repeat it', async () => {
  const check = (_: () => number, seed: number) => expect(seed).not.toBe(5);
  await expect(fuzz(1, check, { failed: [4, 5] })).rejects.toThrow(
    /^Repeat it with SEED=5 FUZZ=1, and add 5 to the test’s `failed`\.\nexpected 5 not to be 5/,
  );
  const told = vi.spyOn(console, 'error').mockReturnValue();
  const thrown = fuzz(1, () => Promise.reject('no error'), { failed: [4] });
  await expect(thrown).rejects.toBe('no error');
  expect(told).toHaveBeenCalledWith(expect.stringContaining('SEED=4 FUZZ=1'));
  told.mockRestore();
});
