import { commands, type ExtensionContext } from 'vscode';
import { registerCommands, withAddress } from './editor/commands';
import { lazy } from './editor/lazy';
import { Log } from './editor/log';
import { goOn, loadListening, registerPanels } from './editor/panels';
import { COUNTER_PANEL, INSPECTOR_PANEL, LANGUAGE, REPLAY_PANEL } from './editor/panelTypes';
import { whenOpened } from './editor/whenOpened';
import { Turns } from './turns/turns';

// Module-level, since VS Code hands deactivate() nothing, and disposing context.subscriptions is not awaited.
let closing: { close(): Promise<void> }[] = [];

/** Registers the commands, in every window: the parts that do something are loaded when they are needed. Only those that need a server, and a panel that VS Code keeps, open a port. */
export function activate(context: ExtensionContext): void {
  const { extension, subscriptions, workspaceState: memory } = context;
  const log = new Log('SSE Counter');
  // What an extension host that crashed has left.
  void commands.executeCommand('setContext', 'sseCounter.running', false);
  const turns = new Turns();
  const options = { extension, log, memory, ports: new Map<number, string>(), turns };
  closing = [];
  const closedAtTheEnd = <T extends { close(): Promise<void> }>(part: T) => {
    closing.push(part);
    return part;
  };
  const counter = lazy(context, async () => closedAtTheEnd(new (await import('./editor/counter')).Counter(options)));
  const inspector = lazy(context, async () => new (await import('./editor/inspector')).Inspector(context, log, turns));
  const replays = lazy(context, async () => closedAtTheEnd(new (await import('./editor/replays')).Replays(options)));
  const panels = { [COUNTER_PANEL]: counter, [INSPECTOR_PANEL]: inspector, [REPLAY_PANEL]: replays };
  const goingOn = new Set<string>();
  subscriptions.push(
    log,
    // What is wrong in such a file is said while it is written.
    whenOpened(LANGUAGE, log, replays),
    ...registerPanels(panels),
    ...registerCommands(log, {
      start: async () => (await (await counter()).start())?.url,
      stop: async () => (await counter()).stop(),
      // The walkthrough offers these also while nothing runs.
      ...withAddress(async () => (await counter()).address ?? (await counter()).start()),
      inspect: async (text) => (await inspector()).inspect(text),
      inspectSelection: async () => (await inspector()).inspectSelection(),
      inspectRecent: async () => (await inspector()).inspectRecent(),
      serve: async (uri) => (await replays()).serve(uri),
      newFile: async () => (await replays()).newFile(),
      showLog: () => log.show(),
      goOn: (text) => goOn(text, panels, goingOn),
    }),
  );
  loadListening({ [COUNTER_PANEL]: counter, [REPLAY_PANEL]: replays }, memory, log);
}

/** VS Code waits for it: every stream has ended and every port is free when it resolves. */
export async function deactivate(): Promise<void> {
  await Promise.all(closing.map((part) => part.close()));
}
