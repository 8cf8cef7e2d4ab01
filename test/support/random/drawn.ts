// Many cases of one kind: `npm test` takes some of them, others in each run, and `npm run test:all` all.

/** Whether everything runs, however long it takes: `npm run test:all`. */
export const isLong = Boolean(process.env['TEST_ALL']);

/**
 * Returns that many of the cases, spread over all; which ones, the run's `SEED` says. In the long run, and in the mutation
 * check, which sets `ALL_CASES`, returns all.
 */
export function drawn<const T>(cases: readonly T[], count: number): readonly T[] {
  if (isLong || process.env['ALL_CASES']) return cases;
  const seed = process.env['SEED'] ?? '';
  if (!/^\d+$/.test(seed)) throw new Error(`SEED takes a whole number, not "${seed}"`);
  return drawnBy(Number(seed), cases, count);
}

/** Returns that many cases, in their order, each as far from the next: the next seed gives each one's neighbour. */
export function drawnBy<T>(seed: number, cases: readonly T[], count: number): readonly T[] {
  const chosen = new Set(
    Array.from({ length: count }, (_, nth) => (seed + Math.floor((nth * cases.length) / count)) % cases.length),
  );
  return cases.filter((_, at) => chosen.has(at));
}
