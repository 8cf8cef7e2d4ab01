import { commands, l10n, type Uri } from 'vscode';
import type { Turns } from '../../../turns/turns';
import { openFile } from '../../shared/file/openFile';
import { tell } from '../../shared/output/tell';

/** Tells that a file was written, and offers to open it, and to serve it if it is a `.sse` file. */
export async function offerFile(text: string, file: Uri, turns: Turns): Promise<void> {
  const [open, serve] = [l10n.t('Open the file'), l10n.t('Serve')];
  const chosen = await tell(text, open, ...(file.path.endsWith('.sse') ? [serve] : []));
  if (chosen === open) await openFile(file, turns);
  else if (chosen === serve) await commands.executeCommand('sseCounter.serve', file.toString());
}
