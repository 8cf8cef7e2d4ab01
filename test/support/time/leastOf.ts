/** Maximum number of tries. */
const TRIES = 3;

/**
 * Resolves with the least that is measured, up to the first that is below the bound: garbage may be collected in the middle
 * of a try, or a cache be another's; not each time.
 */
export async function leastOf(bound: number, measure: () => number | Promise<number>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < TRIES && least >= bound; tries += 1) least = Math.min(least, await measure());
  return least;
}
