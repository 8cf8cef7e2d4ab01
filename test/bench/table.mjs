// Prints the benchmark's figures: medians of the rounds, and their ratios to each peer's.

import { quantile } from './quantile.mjs';

/** @param {Record<string, Record<string, number[]>>} results figures of all rounds, by server and figure */
export function printTable(results) {
  const names = Object.keys(results);
  const figures = [...new Set(names.flatMap((name) => Object.keys(results[name] ?? {})))];
  for (const figure of figures) {
    const ours = quantile(results['ours']?.[figure] ?? [], 0.5);
    const measured = names.filter((name) => results[name]?.[figure]);
    const cells = measured.map((name) => {
      const value = quantile(results[name]?.[figure] ?? [], 0.5);
      const ratio = name === 'ours' || !figure.includes('per ') ? '' : ` (ours ${(ours / value).toFixed(2)} of it)`;
      return `    ${name.padEnd(28)}${value.toFixed(2).padStart(10)}${ratio}`;
    });
    console.log(`${figure}\n${cells.join('\n')}`);
  }
}
