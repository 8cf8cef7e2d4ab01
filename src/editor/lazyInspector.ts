import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { Inspector } from './inspector';

/** What loads the inspector, a bundle of its own, the first time that it is asked for. The inspector ends with the extension. */
export function lazyInspector(context: ExtensionContext, log: LogOutputChannel): () => Promise<Inspector> {
  let loaded: Promise<Inspector> | undefined;
  return () => {
    loaded ??= load(context, log);
    return loaded;
  };
}

async function load(context: ExtensionContext, log: LogOutputChannel): Promise<Inspector> {
  const { Inspector } = await import('./inspector');
  const inspector = new Inspector(context, log);
  context.subscriptions.push(inspector);
  return inspector;
}
