import type { ExtensionContext } from 'vscode';
import { Turns } from '../turns/turns';
import { onFile, registerCommands, registerMenuCommands, withAddress, withStream } from './shared/commands';
import { lazy, whenOpened } from './shared/lazy';
import { Log } from './shared/output/log';
import { loadListening, registerPanels, reopenCommand } from './shared/panel/panels';
import { COUNTER_PANEL, INSPECTOR_PANEL, LANGUAGE, MOCK_PANEL } from './shared/panel/viewTypes';

// Module-level, because VS Code passes nothing to deactivate(), and doesn't await the disposal of context.subscriptions.
const closing: { close(): Promise<void> }[] = [];

/** Registers the commands in every window; the parts behind them are loaded, and ports opened, only when needed. */
export function activate(context: ExtensionContext): void {
  const { extension, subscriptions, workspaceState: memory } = context;
  const log = new Log('SSE Counter');
  const options = { extension, log, memory, ports: new Map<number, { title: string }>(), turns: new Turns() };
  const kept = <T extends { close(): Promise<void> }>(part: T) => {
    closing.push(part);
    return part;
  };
  const counter = lazy(context, async () =>
    kept(new (await import('./counter/counterCommands')).CounterCommands(options)),
  );
  const inspector = lazy(
    context,
    async () => new (await import('./inspector/inspectorCommands')).InspectorCommands(context, log, options.turns),
  );
  const mocks = lazy(context, async () => kept(new (await import('./mock/mockCommands')).MockCommands(options)));
  const panels = { [COUNTER_PANEL]: counter, [INSPECTOR_PANEL]: inspector, [MOCK_PANEL]: mocks };
  const running = async () => (await counter()).address ?? (await counter()).start();
  subscriptions.push(
    log,
    whenOpened(LANGUAGE, log, mocks),
    ...registerPanels(panels),
    ...registerMenuCommands(log, async (name, place) => (await inspector()).actOnPlace(name, place)),
    ...registerCommands(log, {
      start: async () => (await (await counter()).start())?.url,
      stop: async () => (await counter()).stop(),
      ...withAddress(running),
      ...withStream(running, inspector),
      inspect: async (text) => void (await (await inspector()).inspect(text)),
      inspectSelection: async () => (await inspector()).inspectSelection(),
      inspectRecent: async () => (await inspector()).inspectRecent(),
      serve: onFile(context.extensionUri, 'file', async (uri) => (await mocks()).serve(uri)),
      serveFolder: onFile(context.extensionUri, 'folder', async (uri) => (await mocks()).serveFolder(uri)),
      newFile: async (template) => (await mocks()).newFile(template),
      showServed: async () => (await mocks()).showServed(),
      showLog: () => log.show(),
      goOn: reopenCommand(panels),
    }),
  );
  loadListening({ [COUNTER_PANEL]: counter, [MOCK_PANEL]: mocks }, memory, log);
}

/** Closes all parts. VS Code waits for this: when it resolves, every stream has ended and every port is free. */
export async function deactivate(): Promise<void> {
  await Promise.all(closing.splice(0).map((part) => part.close()));
}
