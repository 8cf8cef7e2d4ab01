import { basename } from 'node:path/posix';
import { l10n, type Uri, window } from 'vscode';
import type { Turns } from '../turns/turns';
import { type EditorProblem, editorProblem, READ } from './editorLimits';
import { readFile } from './readFile';
import { tellWarning } from './tell';

/** Opens a file of what a server sent in an editor; where that may hang, when the person says so once more. */
export async function openRecordedFile(file: Uri, turns: Turns): Promise<void> {
  const problem = await problemOf(file, turns);
  if (problem) {
    const anyway = l10n.t('Open Anyway');
    const text = l10n.t('An editor may hang with {0}: {1}', basename(file.path), reasonOf(problem));
    if ((await tellWarning(text, anyway)) !== anyway) return;
  }
  await window.showTextDocument(file);
}

async function problemOf(file: Uri, turns: Turns): Promise<EditorProblem | undefined> {
  const bytes = await readFile(file);
  if (bytes === 'tooLarge' || (bytes instanceof Uint8Array && bytes.length > READ.length)) return 'length';
  // A file that isn't there, or is none, VS Code tells of itself.
  return bytes instanceof Uint8Array ? editorProblem(new TextDecoder().decode(bytes), READ, turns) : undefined;
}

function reasonOf(problem: EditorProblem): string {
  return {
    length: l10n.t('it is larger than 16 MB.'),
    lines: l10n.t('it has more than 300,000 lines.'),
    brackets: l10n.t('it has too many brackets.'),
    decorated: l10n.t('it has too many links or colors.'),
    cost: l10n.t('its lines hold too many characters that are hard to draw.'),
  }[problem];
}
