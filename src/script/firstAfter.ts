/** Returns the index of the first greater value in a sorted list (binary search: a file may have a million steps). */
export function firstAfter(count: number, value: number, at: (index: number) => number | undefined): number {
  let [from, to] = [0, count];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((at(middle) ?? 0) <= value) from = middle + 1;
    else to = middle;
  }
  return from;
}
