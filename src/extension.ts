import { commands, type ExtensionContext, type WebviewPanel, window } from 'vscode';
import { registerCommands, withAddress } from './editor/commands';
import { CounterSession } from './editor/counterSession';
import { lazyInspector } from './editor/lazyInspector';
import { COUNTER_PANEL, INSPECTOR_PANEL } from './editor/panelTypes';
import type { CounterPageState } from './messages';

// Module-level, since VS Code hands deactivate() nothing, and disposing context.subscriptions is not awaited.
let session: CounterSession | undefined;
let ended: Promise<void> = Promise.resolve();

/** Registers the commands. Only those that need the counter, and a panel that VS Code restores, open a port. */
export function activate(context: ExtensionContext): void {
  const { extension, subscriptions } = context;
  const log = window.createOutputChannel('SSE Counter', { log: true });
  // What an extension host that crashed has left.
  void commands.executeCommand('setContext', 'sseCounter.running', false);
  const onClose = (closed: Promise<void>) => {
    [session, ended] = [undefined, closed];
  };
  const open = (restored?: WebviewPanel) => new CounterSession({ extension, log, after: ended, restored, onClose });
  const start = async () => {
    session ??= open();
    session.reveal();
    await session.start();
    return session?.address;
  };
  const restoreCounter = async (panel: WebviewPanel, state: CounterPageState | undefined) => {
    // There is one panel: the user may have opened it before VS Code came to restore this one.
    if (session) return panel.dispose();
    session = open(panel);
    return state?.stopped ? undefined : session.start();
  };
  const inspector = lazyInspector(context, log);
  subscriptions.push(
    log,
    window.registerWebviewPanelSerializer(COUNTER_PANEL, { deserializeWebviewPanel: restoreCounter }),
    window.registerWebviewPanelSerializer(INSPECTOR_PANEL, {
      deserializeWebviewPanel: async (panel, state) => (await inspector()).restore(panel, state),
    }),
    ...registerCommands(log, {
      start: async () => (await start())?.url,
      stop: () => session?.stop(),
      // The walkthrough offers these also while nothing runs.
      ...withAddress(async () => session?.address ?? (await start())),
      inspect: async (text) => (await inspector()).inspect(text),
      inspectSelection: async () => (await inspector()).inspectSelection(),
      inspectRecent: async () => (await inspector()).inspectRecent(),
      showLog: () => log.show(),
    }),
  );
}

/** VS Code waits for it: every stream has ended and the port is free when it resolves. */
export function deactivate(): Promise<void> {
  return session?.close() ?? ended;
}
