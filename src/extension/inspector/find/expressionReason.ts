import { l10n } from 'vscode';
import { ExpressionError } from '../../../client/history/filter/expression';
import { reasonOf } from '../../../text/reason';

/** Returns the reason why an expression isn't used, in the user's language; for a syntax error, in V8's words. */
export function expressionReason(error: unknown): string {
  if (!(error instanceof ExpressionError)) return reasonOf(error);
  return {
    long: l10n.t('The regular expression has more than 1,000 characters. It is not applied.'),
    heavy: l10n.t(
      'The regular expression has too many repetitions, groups and alternatives: it could take very long. It is not applied.',
    ),
  }[error.problem];
}

/** Returns the reason why a search is abandoned. */
export function slowReason({ isRegExp }: { isRegExp: boolean }): string {
  return isRegExp
    ? l10n.t('The regular expression is too slow and was not applied.')
    : l10n.t('The search for this text is too slow and was not applied.');
}
