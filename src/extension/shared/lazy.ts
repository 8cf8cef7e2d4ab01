import type { Disposable, ExtensionContext } from 'vscode';

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
