import { commands, type ExtensionContext } from 'vscode';
import { registerCommands, withAddress } from './editor/commands';
import { Counter } from './editor/counter';
import { lazy } from './editor/lazy';
import { Log } from './editor/log';
import { goOn, registerPanels } from './editor/panels';
import { COUNTER_PANEL, INSPECTOR_PANEL, LANGUAGE, REPLAY_PANEL } from './editor/panelTypes';
import { whenOpened } from './editor/whenOpened';
import { Turns } from './turns/turns';

// Module-level, since VS Code hands deactivate() nothing, and disposing context.subscriptions is not awaited.
let closing: (() => Promise<void>)[] = [];

/** Registers the commands. Only those that need a server, and a panel that VS Code restores, open a port. */
export function activate(context: ExtensionContext): void {
  const { extension, subscriptions, workspaceState: memory } = context;
  const log = new Log('SSE Counter');
  // What an extension host that crashed has left.
  void commands.executeCommand('setContext', 'sseCounter.running', false);
  const ports = new Map<number, string>();
  const turns = new Turns();
  const counter = new Counter({ extension, log, ports, turns });
  closing = [() => counter.close()];
  const inspector = lazy(context, async () => new (await import('./editor/inspector')).Inspector(context, log, turns));
  const replays = lazy(context, async () => {
    const loaded = new (await import('./editor/replays')).Replays({ extension, log, memory, ports, turns });
    closing.push(() => loaded.close());
    return loaded;
  });
  const panels = { [COUNTER_PANEL]: async () => counter, [INSPECTOR_PANEL]: inspector, [REPLAY_PANEL]: replays };
  const goingOn = new Set<string>();
  subscriptions.push(
    log,
    // What is wrong in such a file is said while it is written.
    whenOpened(LANGUAGE, log, replays),
    ...registerPanels(panels),
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
      goOn: (text) => goOn(text, panels, goingOn),
    }),
  );
}

/** VS Code waits for it: every stream has ended and every port is free when it resolves. */
export async function deactivate(): Promise<void> {
  await Promise.all(closing.map((close) => close()));
}
