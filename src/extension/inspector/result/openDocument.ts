import { basename } from 'node:path/posix';
import { l10n, ViewColumn, window, workspace } from 'vscode';
import { savePieces } from '../../../client/files/savePieces';
import { reasonOf } from '../../../text/reason';
import type { Turns } from '../../../turns/turns';
import { editorProblem, isHighlighted, SENT } from '../../shared/file/editorLimits';
import { tell, tellError, tellWarning } from '../../shared/output/tell';
import { DATA_LANGUAGE } from '../../shared/panel/viewTypes';
import { editorReason } from '../saving/editorReason';
import { isHarmlessJson } from '../saving/harmlessJson';
import type { SaveDialog } from '../saving/saveDialog';
import { openSavedFile } from '../saving/savedFile';

const ENDINGS = { markdown: 'md', json: 'json' };

export interface OpenedDocument {
  format: 'markdown' | 'json';
  /** Yields the text in short pieces; called anew each time. */
  pieces(): Iterable<string>;
  turns: Turns;
  dialog: SaveDialog;
}

/** Opens a text in an untitled editor beside the panel. If an editor would hang with it, offers to save it instead. */
export async function openDocument(given: OpenedDocument): Promise<void> {
  const { format, turns } = given;
  let content = '';
  for (const piece of given.pieces()) {
    content += piece;
    // More would only fill the memory: an editor takes no more.
    if (content.length > SENT.length) return offerToSave(given, editorReason('length'));
    if (turns.isOver) await turns.next();
  }
  const problem = await editorProblem(content, SENT, turns);
  if (problem) return offerToSave(given, editorReason(problem));
  // Never as Markdown: VS Code makes links of `[label](command:…)` there, which run any command at a click, parses all of it in
  // the extension host, which large tables end, and its grammar takes seconds for a line of 2,500 characters.
  const isJson = format === 'json' && isHarmlessJson(content) && (await isHighlighted(content, turns));
  const language = isJson ? 'json' : DATA_LANGUAGE;
  const document = await workspace.openTextDocument({ content, language });
  await window.showTextDocument(document, ViewColumn.Beside);
}

async function offerToSave({ format, pieces, turns, dialog }: OpenedDocument, reason: string): Promise<void> {
  const save = l10n.t('Save…');
  if ((await tellWarning(reason, save)) !== save) return;
  const kind = format === 'json' ? 'JSON' : 'Markdown';
  const file = await dialog.ask({ title: l10n.t('Save Result'), kind, ending: ENDINGS[format], name: 'result' });
  if (!file) return;
  const name = basename(file.path);
  try {
    await savePieces(await openSavedFile(file), encoded(pieces()), turns, () => false);
    void tell(l10n.t('Saved to {0}', name));
  } catch (error) {
    void tellError(l10n.t('The result was not saved to {0}: {1}', name, reasonOf(error)));
  }
}

function* encoded(pieces: Iterable<string>): Generator<Uint8Array, void> {
  const encoder = new TextEncoder();
  for (const piece of pieces) yield encoder.encode(piece);
}
