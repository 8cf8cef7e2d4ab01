import { basename } from 'node:path/posix';
import { commands, l10n, type Range, type Uri, ViewColumn, window } from 'vscode';
import { reasonOf } from '../../../text/reason';
import type { Turns } from '../../../turns/turns';
import { tellError, tellWarning } from '../output/tell';
import { differingLines } from './differingLines';
import { type EditorProblem, editorProblem, READ } from './editorLimits';
import { readFile } from './readFile';

/** Number of leading bytes, at least, in which VS Code looks for zeros. */
const SNIFFED = 4096;

/** Maximum number of places in which compared files may differ: an editor takes half a second for 1,000, 12 s for 25,000. */
const MAX_DIFFERING = 1000;

export interface OpenOptions {
  selection?: Range | undefined;
  /** Column in which the file is opened, unless it is visible already. Default: the active column. */
  column?: ViewColumn;
}

/**
 * Shows a file in an editor. The file may come from a stranger: if an editor may hang with it and it isn't visible yet, the
 * user has to confirm. Reports a file that can't be shown to the user.
 */
export async function openFile(file: Uri, turns: Turns, { selection, column }: OpenOptions = {}): Promise<void> {
  const shown = window.visibleTextEditors.find(({ document }) => document.uri.toString() === file.toString());
  const viewColumn = shown?.viewColumn ?? column ?? ViewColumn.Active;
  try {
    if (!shown && !(await isWanted(file, turns))) return;
    await window.showTextDocument(file, selection ? { viewColumn, selection } : { viewColumn });
  } catch (error) {
    void tellError(reasonOf(error));
  }
}

/**
 * Shows what differs between two files, each looked at as `openFile` does. The user has to confirm a comparison with many
 * differences, too.
 */
export async function compareFiles(before: Uri, after: Uri, turns: Turns): Promise<void> {
  try {
    for (const file of [before, after]) if (!(await isWanted(file, turns))) return;
    if (!(await isComparisonWanted(before, after, turns))) return;
    await commands.executeCommand('vscode.diff', before, after);
  } catch (error) {
    void tellError(reasonOf(error));
  }
}

async function isWanted(file: Uri, turns: Turns): Promise<boolean> {
  const problem = await problemOf(file, turns);
  if (!problem) return true;
  const anyway = l10n.t('Open Anyway');
  const text = l10n.t('An editor may hang with {0}: {1}', basename(file.path), textOf(problem));
  return (await tellWarning(text, anyway)) === anyway;
}

async function isComparisonWanted(before: Uri, after: Uri, turns: Turns): Promise<boolean> {
  const texts: string[] = [];
  for (const file of [before, after]) {
    const bytes = await readFile(file);
    // VS Code itself reports a missing file, and the user has confirmed a large one.
    if (!(bytes instanceof Uint8Array) || bytes.length > READ.length) return true;
    texts.push(new TextDecoder().decode(bytes));
  }
  const [one = '', other = ''] = texts;
  if ((await differingLines(one, other, MAX_DIFFERING, turns)) <= MAX_DIFFERING) return true;
  const anyway = l10n.t('Open Anyway');
  const text = l10n.t(
    'An editor may hang with what differs between {0} and {1}: it is more than {2} lines.',
    basename(before.path),
    basename(after.path),
    MAX_DIFFERING,
  );
  return (await tellWarning(text, anyway)) === anyway;
}

async function problemOf(file: Uri, turns: Turns): Promise<EditorProblem | 'encoding' | undefined> {
  const bytes = await readFile(file);
  if (bytes === 'tooLarge' || (bytes instanceof Uint8Array && bytes.length > READ.length)) return 'length';
  // VS Code itself reports a path that doesn't exist or isn't a file.
  if (!(bytes instanceof Uint8Array)) return undefined;
  return mayBeUtf16(bytes) ? 'encoding' : editorProblem(new TextDecoder().decode(bytes), READ, turns);
}

/**
 * Whether VS Code may decode the file other than as UTF-8: it checks for a byte order mark, and for zeros near the start.
 */
function mayBeUtf16(bytes: Uint8Array): boolean {
  const mark = Buffer.from(bytes.subarray(0, 2)).toString('hex');
  return mark === 'fffe' || mark === 'feff' || bytes.subarray(0, SNIFFED).includes(0);
}

function textOf(problem: EditorProblem | 'encoding'): string {
  return {
    encoding: l10n.t('it is not UTF-8.'),
    length: l10n.t('it is larger than 16 MB.'),
    lines: l10n.t('it has more than 300,000 lines.'),
    brackets: l10n.t('it has too many brackets.'),
    decorated: l10n.t('it has too many links, colors or merge conflicts.'),
    cost: l10n.t('its lines hold too many characters that are hard to draw.'),
  }[problem];
}
