import { type Disposable, type LogOutputChannel, type TextDocument, workspace } from 'vscode';
import { reasonOf } from './reason';

/** Loads what is needed for documents of a language: at once when one is open, else when one is opened. */
export function whenOpened(language: string, log: LogOutputChannel, load: () => Promise<unknown>): Disposable {
  const check = ({ languageId }: TextDocument) => {
    if (languageId === language) load().catch((error: unknown) => log.error(reasonOf(error)));
  };
  workspace.textDocuments.forEach(check);
  return workspace.onDidOpenTextDocument(check);
}
