import { type Disposable, type ExtensionContext, type TextDocument, workspace } from 'vscode';
import type { Log } from './output/log';

/**
 * Returns a function that loads a part of the extension, which is a bundle of its own, on the first call, and again if that
 * failed. The part is disposed with the extension.
 */
export function lazy<T extends Disposable>(
  { subscriptions }: ExtensionContext,
  load: () => Promise<T>,
): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  const keep = async () => {
    const part = await load();
    subscriptions.push(part);
    return part;
  };
  return () => {
    loaded ??= keep().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
}

/**
 * Loads a part when a document of that language is opened, or at once if one is open already: problems in a script are
 * reported while it is edited.
 */
export function whenOpened(language: string, log: Log, load: () => Promise<unknown>): Disposable {
  const check = ({ languageId }: TextDocument) => {
    if (languageId === language) load().catch((error: unknown) => log.error(error));
  };
  workspace.textDocuments.forEach(check);
  return workspace.onDidOpenTextDocument(check);
}
