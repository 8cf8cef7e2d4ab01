/** Returns the name that a misspelled word probably means: one letter may be wrong, or two in a long name. */
export function nearest<T extends string>(word: string, names: readonly T[]): T | undefined {
  // The rest of a long word makes no difference, and a file may have thousands of such words.
  const letters = word.slice(0, 40).toLowerCase();
  const [best] = names
    .filter((name) => Math.abs(name.length - letters.length) <= tolerance(name))
    .map((name) => ({ name, distance: distance(letters, name) }))
    .filter((one) => one.distance <= tolerance(one.name))
    .sort((a, b) => a.distance - b.distance);
  return best?.name;
}

/** Returns the number of letters that may be wrong. A difference in length counts as that many wrong letters. */
function tolerance(name: string): number {
  return name.length < 8 ? 1 : 2;
}

/** Returns the number of letters to change, add, remove or swap with the next one (optimal string alignment distance). */
function distance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= from.length; row += 1) {
    const next = [row];
    rows.push(next);
    for (let column = 1; column <= to.length; column += 1) {
      const changed = at(row - 1, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const swapped = isSwapped ? at(row - 2, column - 2) + 1 : changed;
      next.push(Math.min(changed, swapped, at(row - 1, column) + 1, at(row, column - 1) + 1));
    }
  }
  return at(from.length, to.length);
}
