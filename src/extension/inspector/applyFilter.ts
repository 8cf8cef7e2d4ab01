import { l10n } from 'vscode';
import { ExpressionError } from '../../client/history/filter/expression';
import type { EventFilter, HistoryView } from '../../client/history/historyView';
import { reasonOf } from '../../text/reason';

/** Applies the filter. @param onProblem called with the reason if the filter is not applied, or abandoned later */
export function applyFilter(view: HistoryView, filter: EventFilter, onProblem: (reason: string) => void): void {
  try {
    view.filter(filter, () => onProblem(slowReason(filter)));
  } catch (error) {
    onProblem(filterReason(error));
  }
}

/** Returns the reason why a filter isn't applied, in the user's language; for a syntax error, in V8's words. */
function filterReason(error: unknown): string {
  if (!(error instanceof ExpressionError)) return reasonOf(error);
  return {
    long: l10n.t('The regular expression has more than 1,000 characters. It is not applied.'),
    heavy: l10n.t(
      'The regular expression has too many repetitions, groups and alternatives: it could take very long. It is not applied.',
    ),
  }[error.problem];
}

/** Returns the reason why a filter is abandoned. */
function slowReason({ isRegExp }: EventFilter): string {
  return isRegExp
    ? l10n.t('The regular expression is too slow and was not applied.')
    : l10n.t('The search for this text is too slow and was not applied.');
}
