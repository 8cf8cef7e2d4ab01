import { l10n, type Uri, window, workspace } from 'vscode';
import { LANGUAGE } from '../shared/panel/viewTypes';

/** Returns the active editor's file if it is an event stream file; undefined if not. */
export function activeFile(): Uri | undefined {
  const document = window.activeTextEditor?.document;
  return document && (document.languageId === LANGUAGE || document.uri.path.endsWith('.sse'))
    ? document.uri
    : undefined;
}

/** Lets the user choose a file to serve. */
export async function askForFile(): Promise<Uri | undefined> {
  const picked = await window.showOpenDialog({
    title: l10n.t('Serve Event Stream File'),
    openLabel: l10n.t('Serve'),
    filters: { [l10n.t('Event Stream')]: ['sse'] },
  });
  return picked?.[0];
}

/** Lets the user choose a folder to serve. */
export async function askForFolder(): Promise<Uri | undefined> {
  const first = workspace.workspaceFolders?.[0]?.uri;
  const picked = await window.showOpenDialog({
    title: l10n.t('Serve Folder as Mock Server'),
    openLabel: l10n.t('Serve'),
    canSelectFiles: false,
    canSelectFolders: true,
    ...(first ? { defaultUri: first } : {}),
  });
  return picked?.[0];
}

/** Saves unsaved changes, because the file on disk is served. @returns the file; undefined if the user didn't save it */
export async function saved(uri: Uri): Promise<Uri | undefined> {
  const document = workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  return document?.isDirty || document?.isUntitled ? workspace.save(uri) : uri;
}
