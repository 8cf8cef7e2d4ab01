import { quantile } from './quantile.mjs';

/**
 * Prints the median of each figure, and its ratio to a peer's.
 * @template {Record<string, number>} Figures
 * @param {Record<string, Figures[]>} results figures of each round, by the name of what was measured @param {string} peer name of the one that all are compared with
 * @param {Record<keyof Figures & string, string>} titles of the figures
 */
export function printRatios(results, peer, titles) {
  const names = Object.keys(results);
  console.log(`${''.padEnd(40)}${names.map((name) => name.padEnd(32)).join('')}`);
  for (const [figure, title] of Object.entries(titles)) {
    const median = (/** @type {string} */ name) =>
      quantile(
        (results[name] ?? []).map((of) => of[figure] ?? 0),
        0.5,
      );
    const cells = names.map((name) =>
      `${median(name).toFixed(1)}  (${(median(name) / median(peer)).toFixed(2)})`.padEnd(32),
    );
    console.log(`${String(title).padEnd(40)}${cells.join('')}`);
  }
}
