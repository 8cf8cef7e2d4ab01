import { commands, type ExtensionContext, type WebviewPanel, window } from 'vscode';
import { CounterSession } from './editor/counterSession';
import { PANEL_TYPE } from './editor/panel';
import { reasonOf } from './editor/reason';
import type { CounterPageState } from './messages';

// Module-level, since VS Code hands deactivate() nothing, and disposing context.subscriptions is not awaited.
let session: CounterSession | undefined;
let ended: Promise<void> = Promise.resolve();

/** Registers the commands. Only those that need the counter, and a panel that VS Code restores, open a port. */
export function activate({ extension, subscriptions }: ExtensionContext): void {
  const log = window.createOutputChannel('SSE Counter', { log: true });
  // What an extension host that crashed has left.
  void commands.executeCommand('setContext', 'sseCounter.running', false);
  const onClose = (closed: Promise<void>) => {
    [session, ended] = [undefined, closed];
  };
  const open = (restored?: WebviewPanel) => new CounterSession({ extension, log, after: ended, restored, onClose });
  const deserializeWebviewPanel = async (panel: WebviewPanel, state: CounterPageState | undefined) => {
    // There is one panel: the user may have opened it before VS Code came to restore this one.
    if (session) return panel.dispose();
    session = open(panel);
    return state?.stopped ? undefined : session.start();
  };
  subscriptions.push(log, window.registerWebviewPanelSerializer(PANEL_TYPE, { deserializeWebviewPanel }));

  const register = (name: string, run: () => unknown) => {
    const command = async () => {
      try {
        return await run();
      } catch (error) {
        log.error(reasonOf(error));
        void window.showErrorMessage(`SSE Counter: ${reasonOf(error)}`);
        return undefined;
      }
    };
    subscriptions.push(commands.registerCommand(`sseCounter.${name}`, command));
  };
  const start = async () => {
    session ??= open();
    session.reveal();
    await session.start();
    return session?.address;
  };
  register('start', async () => (await start())?.url);
  register('stop', () => session?.stop());
  for (const name of ['copyUrl', 'copyCurl', 'runCurl', 'openInBrowser'] as const) {
    // The walkthrough offers them also while nothing runs.
    register(name, async () => (session?.address ?? (await start()))?.[name]());
  }
  register('showLog', () => log.show());
}

/** VS Code waits for it: every stream has ended and the port is free when it resolves. */
export function deactivate(): Promise<void> {
  return session?.close() ?? ended;
}
