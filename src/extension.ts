import { commands, type ExtensionContext, type WebviewPanelSerializer, window } from 'vscode';
import { registerCommands, withAddress } from './editor/commands';
import { Counter } from './editor/counter';
import { lazy } from './editor/lazy';
import { COUNTER_PANEL, INSPECTOR_PANEL, LANGUAGE, REPLAY_PANEL } from './editor/panelTypes';
import { whenOpened } from './editor/whenOpened';
import type { CounterPageState } from './messages/counter';
import { Turns } from './turns/turns';

// Module-level, since VS Code hands deactivate() nothing, and disposing context.subscriptions is not awaited.
let closing: (() => Promise<void>)[] = [];

/** Registers the commands. Only those that need a server, and a panel that VS Code restores, open a port. */
export function activate(context: ExtensionContext): void {
  const { extension, subscriptions } = context;
  const log = window.createOutputChannel('SSE Counter', { log: true });
  // What an extension host that crashed has left.
  void commands.executeCommand('setContext', 'sseCounter.running', false);
  const ports = new Set<number>();
  const turns = new Turns();
  const counter = new Counter({ extension, log, ports });
  closing = [() => counter.close()];
  const inspector = lazy(context, async () => new (await import('./editor/inspector')).Inspector(context, log, turns));
  const replays = lazy(context, async () => {
    const loaded = new (await import('./editor/replays')).Replays({ extension, log, ports });
    closing.push(() => loaded.close());
    return loaded;
  });
  const restore = (type: string, deserializeWebviewPanel: WebviewPanelSerializer['deserializeWebviewPanel']) =>
    window.registerWebviewPanelSerializer(type, { deserializeWebviewPanel });
  subscriptions.push(
    log,
    // What is wrong in such a file is said while it is written.
    whenOpened(LANGUAGE, log, replays),
    restore(COUNTER_PANEL, (panel, state) => counter.restore(panel, state as CounterPageState | undefined)),
    restore(INSPECTOR_PANEL, async (panel, state) => (await inspector()).restore(panel, state)),
    restore(REPLAY_PANEL, async (panel, state) => (await replays()).restore(panel, state)),
    ...registerCommands(log, {
      start: async () => (await counter.start())?.url,
      stop: () => counter.stop(),
      // The walkthrough offers these also while nothing runs.
      ...withAddress(async () => counter.address ?? (await counter.start())),
      inspect: async (text) => (await inspector()).inspect(text),
      inspectSelection: async () => (await inspector()).inspectSelection(),
      inspectRecent: async () => (await inspector()).inspectRecent(),
      serve: async (uri) => (await replays()).serve(uri),
      newFile: async () => (await replays()).newFile(),
      showLog: () => log.show(),
    }),
  );
}

/** VS Code waits for it: every stream has ended and every port is free when it resolves. */
export async function deactivate(): Promise<void> {
  await Promise.all(closing.map((close) => close()));
}
