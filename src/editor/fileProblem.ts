import { l10n, Range, type Uri, ViewColumn, window } from 'vscode';
import type { Problem } from '../sse/script';
import { problemText } from './problemText';
import { reasonOf } from './reason';
import { tellError } from './tell';

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
    text: l10n.t('{0}, line {1}, column {2}: {3}', name, line + 1, column + 1, problemText(problem)),
    range: new Range(line, column, line, endColumn),
  };
}

/** Tells the user, with a button that goes to the place in the file. */
export async function tellProblem(file: Uri, { text, range }: FileProblem): Promise<void> {
  if (!range) {
    void tellError(text);
    return;
  }
  const show = l10n.t('Go to Line');
  if ((await tellError(text, show)) === show) await openFile(file, range);
}

/** Shows the file where it is shown, else in the column that is given. A file that can't be shown is told to the user. */
export async function openFile(file: Uri, selection?: Range, column = ViewColumn.Active): Promise<void> {
  const shown = window.visibleTextEditors.find(({ document }) => document.uri.toString() === file.toString());
  const viewColumn = shown?.viewColumn ?? column;
  try {
    await window.showTextDocument(file, selection ? { viewColumn, selection } : { viewColumn });
  } catch (error) {
    void tellError(reasonOf(error));
  }
}
