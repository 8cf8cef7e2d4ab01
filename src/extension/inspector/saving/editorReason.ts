import { l10n } from 'vscode';
import type { EditorProblem } from '../../shared/file/editorLimits';

/** Returns why an editor isn't opened with data that it would hang with, in the user's language. */
export function editorReason(problem: EditorProblem): string {
  return {
    length: l10n.t('An editor would hang with these data: they have more than 1 MB.'),
    lines: l10n.t('An editor would hang with these data: they have more than 50,000 lines.'),
    brackets: l10n.t('An editor would hang with these data: they have too many brackets.'),
    decorated: l10n.t('An editor would hang with these data: they have too many links, colors or merge conflicts.'),
    cost: l10n.t('An editor would hang with these data: their lines hold too many characters that are hard to draw.'),
  }[problem];
}
