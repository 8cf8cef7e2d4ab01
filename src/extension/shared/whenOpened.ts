import { type Disposable, type TextDocument, workspace } from 'vscode';
import type { Log } from './output/log';

/** Loads what is needed for documents of a language: at once when one is open, else when one is opened. */
export function whenOpened(language: string, log: Log, load: () => Promise<unknown>): Disposable {
  const check = ({ languageId }: TextDocument) => {
    if (languageId === language) load().catch((error: unknown) => log.error(error));
  };
  workspace.textDocuments.forEach(check);
  return workspace.onDidOpenTextDocument(check);
}
