import { l10n, Range, type Uri } from 'vscode';
import { problemText } from '../../../script/problemText';
import type { Problem } from '../../../script/script';
import { reasonOf } from '../../../text/reason';
import { shorten } from '../../../text/textCost';
import type { Turns } from '../../../turns/turns';
import { openFile } from '../../shared/file/openFile';
import { cut, MAX_MESSAGE } from '../../shared/output/plainText';
import { tellError } from '../../shared/output/tell';

/** Maximum cost of a name, and of a reason: the panel lays out a few of them, and those of another extension's file system may have any length. */
const MAX_COST = 4000;

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

/** Returns the problem of a file or a folder that can't be read. @param name as of `shownName` */
export function unreadable(name: string, error: unknown): FileProblem {
  const reason = shorten(cut(reasonOf(error), MAX_MESSAGE), MAX_COST);
  return { text: l10n.t('{0} can’t be read: {1}', name, reason) };
}

/** Returns the name of a served file or folder, or its beginning, if it is slow to lay out. */
export function shownName(name: string): string {
  return shorten(name, MAX_COST);
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
