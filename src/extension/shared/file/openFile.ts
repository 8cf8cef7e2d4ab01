import { basename } from 'node:path/posix';
import { l10n, type Range, type Uri, ViewColumn, window } from 'vscode';
import { reasonOf } from '../../../text/reason';
import type { Turns } from '../../../turns/turns';
import { tellError, tellWarning } from '../output/tell';
import { type EditorProblem, editorProblem, READ } from './editorLimits';
import { readFile } from './readFile';

/** At least so many of the first bytes VS Code looks at for zeros. */
const SNIFFED = 4096;

export interface OpenOptions {
  selection?: Range | undefined;
  /** Where it is opened, unless it is shown somewhere. Default: the active column. */
  column?: ViewColumn;
}

/**
 * Shows a file, which may be of a stranger's making, in an editor; where one that isn't open may hang with it, when the person
 * says so once more. A file that can't be shown is told to the user.
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

async function isWanted(file: Uri, turns: Turns): Promise<boolean> {
  const problem = await problemOf(file, turns);
  if (!problem) return true;
  const anyway = l10n.t('Open Anyway');
  const text = l10n.t('An editor may hang with {0}: {1}', basename(file.path), textOf(problem));
  return (await tellWarning(text, anyway)) === anyway;
}

async function problemOf(file: Uri, turns: Turns): Promise<EditorProblem | 'encoding' | undefined> {
  const bytes = await readFile(file);
  if (bytes === 'tooLarge' || (bytes instanceof Uint8Array && bytes.length > READ.length)) return 'length';
  // A file that isn't there, or is none, VS Code tells of itself.
  if (!(bytes instanceof Uint8Array)) return undefined;
  return mayBeUtf16(bytes) ? 'encoding' : editorProblem(new TextDecoder().decode(bytes), READ, turns);
}

/** Whether VS Code may read other characters than UTF-8's: it goes by a byte order mark, and by zeros near the beginning. */
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
    decorated: l10n.t('it has too many links or colors.'),
    cost: l10n.t('its lines hold too many characters that are hard to draw.'),
  }[problem];
}
