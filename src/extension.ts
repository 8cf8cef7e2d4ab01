import { commands, type ExtensionContext, window } from 'vscode';
import { registerCommands, withAddress } from './editor/commands';
import { Counter } from './editor/counter';
import { lazy } from './editor/lazy';
import { COUNTER_PANEL, INSPECTOR_PANEL } from './editor/panelTypes';
import type { CounterPageState } from './messages/counter';

// Module-level, since VS Code hands deactivate() nothing, and disposing context.subscriptions is not awaited.
let counter: Counter | undefined;

/** Registers the commands. Only those that need a server, and a panel that VS Code restores, open a port. */
export function activate(context: ExtensionContext): void {
  const { extension, subscriptions } = context;
  const log = window.createOutputChannel('SSE Counter', { log: true });
  // What an extension host that crashed has left.
  void commands.executeCommand('setContext', 'sseCounter.running', false);
  const ports = new Set<number>();
  const one = new Counter({ extension, log, ports });
  counter = one;
  const inspector = lazy(context, async () => new (await import('./editor/inspector')).Inspector(context, log));
  subscriptions.push(
    log,
    window.registerWebviewPanelSerializer(COUNTER_PANEL, {
      deserializeWebviewPanel: (panel, state) => one.restore(panel, state as CounterPageState | undefined),
    }),
    window.registerWebviewPanelSerializer(INSPECTOR_PANEL, {
      deserializeWebviewPanel: async (panel, state) => (await inspector()).restore(panel, state),
    }),
    ...registerCommands(log, {
      start: async () => (await one.start())?.url,
      stop: () => one.stop(),
      // The walkthrough offers these also while nothing runs.
      ...withAddress(async () => one.address ?? (await one.start())),
      inspect: async (text) => (await inspector()).inspect(text),
      inspectSelection: async () => (await inspector()).inspectSelection(),
      inspectRecent: async () => (await inspector()).inspectRecent(),
      showLog: () => log.show(),
    }),
  );
}

/** VS Code waits for it: every stream has ended and the port is free when it resolves. */
export async function deactivate(): Promise<void> {
  await counter?.close();
}
