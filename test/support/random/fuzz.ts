// Random tests. `FUZZ` is the budget: at 1000, the default, a test makes as many runs as it says itself; at 10000, ten times
// as many. `SEED` is the first run's seed, by default a new one each time; each further run has the next number.
import { inject } from 'vitest';
import { seeded } from './random';

declare module 'vitest' {
  interface ProvidedContext {
    budget: number;
    seed: number;
  }
}

/** Budget at which a test makes as many runs as it says. */
const USUAL_BUDGET = 1000;
/** From so many runs on, a share of them says something. */
const MANY = 100;

export interface FuzzOptions {
  /** Seeds that failed once: they always run, and first. */
  failed?: readonly number[];
  /** Maximum number of runs that are under way at a time. Default: 1. */
  atOnce?: number;
}

/**
 * Runs a check with random numbers, as often as the budget says; what it throws tells the seed.
 * @param usual number of runs at the usual budget
 * @returns number of runs, and whether they are so many that a share of them can be expected
 */
export async function fuzz(
  usual: number,
  check: (random: () => number, seed: number) => unknown,
  { failed = [], atOnce = 1 }: FuzzOptions = {},
): Promise<{ runs: number; areMany: boolean }> {
  const seeds = seedsOf(usual, { budget: inject('budget'), seed: inject('seed'), failed });
  const left = seeds.values();
  // They take from the same iterator: each seed is one's.
  const takeTurns = async () => {
    for (const seed of left) await run(check, seed);
  };
  await Promise.all(Array.from({ length: atOnce }, takeTurns));
  return { runs: seeds.length, areMany: seeds.length >= MANY };
}

/** Seeds of a test's runs. */
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
