// Random tests. `FUZZ` is the budget: at 1000 a test makes its usual number of runs, at 200, the default, a fifth of it, at 10000 ten
// times as many. `SEED` is the first run's seed, by default a new one each time; each further run has the next number.
import { inject } from 'vitest';
import { seeded } from './random';

declare module 'vitest' {
  interface ProvidedContext {
    budget: number;
    seed: number;
  }
}

/** Budget at which a test makes its usual number of runs. */
const USUAL_BUDGET = 1000;
/** Minimum number of runs for which a share of them is meaningful. */
const MANY = 250;

export interface FuzzOptions {
  /** Seeds that have failed before: they always run, and first. */
  failed?: readonly number[];
  /** Maximum number of concurrent runs. Default: 1. */
  atOnce?: number;
}

/**
 * Runs a check with random numbers, as often as the budget says; its error includes the seed.
 * @param usual number of runs at the usual budget
 * @returns number of runs, and whether they are enough to expect a share of them
 */
export async function fuzz(
  usual: number,
  check: (random: () => number, seed: number) => unknown,
  { failed = [], atOnce = 1 }: FuzzOptions = {},
): Promise<{ runs: number; areMany: boolean }> {
  const seeds = seedsOf(usual, { budget: inject('budget'), seed: inject('seed'), failed });
  const left = seeds.values();
  // All take from the same iterator, so that each seed is used once.
  const takeTurns = async () => {
    for (const seed of left) await run(check, seed);
  };
  await Promise.all(Array.from({ length: atOnce }, takeTurns));
  return { runs: seeds.length, areMany: seeds.length >= MANY };
}

/** Returns the seeds of a test's runs. */
export function seedsOf(
  usual: number,
  { budget, seed, failed }: { budget: number; seed: number; failed: readonly number[] },
): number[] {
  const count = Math.max(1, Math.round((usual * budget) / USUAL_BUDGET));
  return [...failed, ...Array.from({ length: count }, (_, index) => seed + index)];
}

async function run(check: (random: () => number, seed: number) => unknown, seed: number): Promise<void> {
  try {
    await check(seeded(seed), seed);
  } catch (error) {
    const hint = `Repeat it with SEED=${seed} FUZZ=1, and add ${seed} to the test’s \`failed\`.`;
    if (error instanceof Error) error.message = `${hint}\n${error.message}`;
    else console.error(hint);
    throw error;
  }
}
