import { l10n, Range, type Uri } from 'vscode';
import { problemText } from '../../script/problemText';
import type { Problem } from '../../script/script';
import type { Turns } from '../../turns/turns';
import { openFile } from '../shared/file/openFile';
import { tellError } from '../shared/output/tell';

/** Why a file can't be played. */
export interface FileProblem {
  /** In the user's language, with the file's name. */
  text: string;
  /** Where in the file; none when it could not be read. */
  range?: Range;
}

/** The problem of a file that has an error. */
export function errorIn(name: string, problem: Problem): FileProblem {
  const { line, column, endColumn } = problem;
  return {
    text: l10n.t('{0}, line {1}, column {2}: {3}', name, line + 1, column + 1, problemText(l10n.t, problem)),
    range: new Range(line, column, line, endColumn),
  };
}

/** Tells the user, with a button that goes to the place in the file. */
export async function tellProblem(file: Uri, { text, range }: FileProblem, turns: Turns): Promise<void> {
  if (!range) {
    void tellError(text);
    return;
  }
  const show = l10n.t('Go to Line');
  if ((await tellError(text, show)) === show) await openFile(file, turns, { selection: range });
}
