import { type Disposable, type ExtensionContext, type TextDocument, workspace } from 'vscode';
import type { Log } from './output/log';

/**
 * Returns what loads a part of the extension, a bundle of its own, the first time that it is asked for, and again where that
 * failed. The part ends with the extension.
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

/** Loads what is needed for documents of a language: at once when one is open, else when one is opened. */
export function whenOpened(language: string, log: Log, load: () => Promise<unknown>): Disposable {
  const check = ({ languageId }: TextDocument) => {
    if (languageId === language) load().catch((error: unknown) => log.error(error));
  };
  workspace.textDocuments.forEach(check);
  return workspace.onDidOpenTextDocument(check);
}
