import { l10n, type QuickPickItem, Uri, window, workspace } from 'vscode';
import { LANGUAGE } from './panelTypes';

interface Template extends QuickPickItem {
  /** In media/templates/. */
  file: string;
}

/** Offers templates, and opens the one that is picked as a new `.sse` document, with the focus. */
export async function newStreamFile(extensionUri: Uri): Promise<void> {
  const title = l10n.t('New Event Stream File');
  const picked = await window.showQuickPick(templates(), { title, matchOnDetail: true });
  if (!picked) return;
  const bytes = await workspace.fs.readFile(Uri.joinPath(extensionUri, 'media', 'templates', picked.file));
  const content = new TextDecoder().decode(bytes);
  await window.showTextDocument(await workspace.openTextDocument({ language: LANGUAGE, content }));
}

function templates(): Template[] {
  return [
    {
      file: 'notifications.sse',
      label: l10n.t('Notifications'),
      detail: l10n.t('Events with ids; the connection breaks once, and the client goes on'),
    },
    {
      file: 'chat.sse',
      label: l10n.t('Chat completion'),
      detail: l10n.t('The answer of a language model, asked for by POST, with an error in the middle'),
    },
    {
      file: 'progress.sse',
      label: l10n.t('Progress of a job'),
      detail: l10n.t('Percentages with ids, up to the end, after which clients are told not to come again'),
    },
  ];
}
