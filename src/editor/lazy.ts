import type { Disposable, ExtensionContext } from 'vscode';

/** What loads a part of the extension, a bundle of its own, the first time that it is asked for. The part ends with the extension. */
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
    loaded ??= keep();
    return loaded;
  };
}
