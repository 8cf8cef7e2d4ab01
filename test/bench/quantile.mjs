/** Returns the value below which the given part of the values lies. @param {Iterable<number>} values @param {number} part 0.5 for the median */
export function quantile(values, part) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
}
