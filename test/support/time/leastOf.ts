/** Maximum number of tries. */
const TRIES = 3;

/**
 * Resolves with the minimum of several measurements, up to the first below the bound: garbage collection or a cold cache
 * may disturb a single one, but not all of them.
 */
export async function leastOf(bound: number, measure: () => number | Promise<number>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < TRIES && least >= bound; tries += 1) least = Math.min(least, await measure());
  return least;
}
