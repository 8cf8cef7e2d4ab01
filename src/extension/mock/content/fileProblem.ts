import { l10n, Range, type Uri } from 'vscode';
import { problemText } from '../../../script/problemText';
import type { Problem } from '../../../script/script';
import type { Turns } from '../../../turns/turns';
import { openFile } from '../../shared/file/openFile';
import { tellError } from '../../shared/output/tell';

/** Reason why a file can't be played. */
export interface FileProblem {
  /** Description in the user's language, with the file's name. */
  text: string;
  /** Range in the file; undefined if it could not be read. */
  range?: Range;
}

/** Returns the problem of a file that has an error. */
export function errorIn(name: string, problem: Problem): FileProblem {
  const { line, column, endColumn } = problem;
  return {
    text: l10n.t('{0}, line {1}, column {2}: {3}', name, line + 1, column + 1, problemText(l10n.t, problem)),
    range: new Range(line, column, line, endColumn),
  };
}

/** Reports the problem to the user, with a button that goes to its line in the file. */
export async function tellProblem(file: Uri, { text, range }: FileProblem, turns: Turns): Promise<void> {
  if (!range) {
    void tellError(text);
    return;
  }
  const show = l10n.t('Go to Line');
  if ((await tellError(text, show)) === show) await openFile(file, turns, { selection: range });
}
