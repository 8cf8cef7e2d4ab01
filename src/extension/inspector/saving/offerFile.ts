import { commands, l10n, type Uri } from 'vscode';
import type { Turns } from '../../../turns/turns';
import { compareFiles, openFile } from '../../shared/file/openFile';
import { tell } from '../../shared/output/tell';

/**
 * Tells that a file was written, and offers to open it, to serve it if it is a `.sse` file, and to compare it.
 * @param before file of the run before. Default: none, and no comparison is offered
 */
export async function offerFile(text: string, file: Uri, turns: Turns, before?: Uri): Promise<void> {
  const [open, serve, compare] = [l10n.t('Open the file'), l10n.t('Serve'), l10n.t('Compare with Last')];
  const offers = [open, ...(file.path.endsWith('.sse') ? [serve] : []), ...(before ? [compare] : [])];
  const chosen = await tell(text, ...offers);
  if (chosen === open) await openFile(file, turns);
  else if (chosen === compare && before) await compareFiles(before, file, turns);
  else if (chosen === serve) await commands.executeCommand('sseCounter.serve', file.toString());
}
