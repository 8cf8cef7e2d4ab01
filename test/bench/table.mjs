// Shows the benchmark's figures: medians of the rounds, and how ours stand to each peer's.

/** @param {Record<string, Record<string, number[]>>} results figures of all rounds, by server and figure */
export function printTable(results) {
  const names = Object.keys(results);
  const figures = [...new Set(names.flatMap((name) => Object.keys(results[name] ?? {})))];
  for (const figure of figures) {
    const ours = median(results['ours']?.[figure]);
    const cells = names.map((name) => {
      const value = median(results[name]?.[figure]);
      const ratio = name === 'ours' || !figure.includes('per ') ? '' : ` (ours ${(ours / value).toFixed(2)} of it)`;
      return `    ${name.padEnd(28)}${value.toFixed(2).padStart(10)}${ratio}`;
    });
    console.log(`${figure}\n${cells.join('\n')}`);
  }
}

/** @param {number[] | undefined} values */
export function median(values = []) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}
