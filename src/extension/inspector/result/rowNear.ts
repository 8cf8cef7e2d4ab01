import type { HistoryView } from '../../../client/history/historyView';

/** Returns the row of an event, else the one before it, else the first; undefined if there are no rows. */
export function rowNear(view: Pick<HistoryView, 'rows' | 'numberAt'>, number: number): number | undefined {
  let [low, high] = [0, view.rows];
  if (high === 0) return undefined;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((view.numberAt(middle) ?? 0) <= number) low = middle;
    else high = middle;
  }
  return low;
}
