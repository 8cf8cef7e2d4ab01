import { l10n } from 'vscode';
import type { TableStrings } from '../../../messages/table';

/** Returns the texts of the table's script, in the user's language. */
export function tableStrings(): TableStrings {
  return {
    same: l10n.t('same as the row before'),
    filtered: l10n.t('{0} of {1}', '{0}', '{1}'),
    without: l10n.t('not {0}', '{0}'),
    showAgain: l10n.t('Show events of type {0} again', '{0}'),
    width: l10n.t('Width of {0}, in pixels', '{0}'),
    removeColumn: l10n.t('Remove the column {0}', '{0}'),
    remove: l10n.t('Remove'),
    fits: l10n.t('fits'),
    badPath: l10n.t('Enter the path of a JSON key, such as user.id or choices[0].delta, of at most 200 characters.'),
    hasColumn: l10n.t('There is a column for that already.'),
    tooManyColumns: l10n.t('There are {0} columns already. Remove one first.', '{0}'),
  };
}
