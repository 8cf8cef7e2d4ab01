import type { EventFilter, HistoryView } from '../../client/history/historyView';
import { expressionReason, slowReason } from './find/expressionReason';

/** Applies the filter. @param onProblem called with the reason if the filter is not applied, or abandoned later */
export function applyFilter(view: HistoryView, filter: EventFilter, onProblem: (reason: string) => void): void {
  try {
    view.filter(filter, () => onProblem(slowReason(filter)));
  } catch (error) {
    onProblem(expressionReason(error));
  }
}
