import { commands, type ExtensionContext } from 'vscode';
import { Turns } from '../turns/turns';
import { registerCommands, withAddress } from './shared/commands';
import { lazy, whenOpened } from './shared/lazy';
import { Log } from './shared/output/log';
import { goOn, loadListening, registerPanels } from './shared/panel/panels';
import { COUNTER_PANEL, INSPECTOR_PANEL, LANGUAGE, REPLAY_PANEL } from './shared/panel/viewTypes';

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
  const kept = <T extends { close(): Promise<void> }>(part: T) => {
    closing.push(part);
    return part;
  };
  const counter = lazy(context, async () => kept(new (await import('./counter/counterCommands')).Counter(options)));
  const inspector = lazy(context, async () => {
    const { Inspector } = await import('./inspector/inspectorCommands');
    return new Inspector(context, log, turns);
  });
  const replays = lazy(context, async () => kept(new (await import('./mock/mockCommands')).Replays(options)));
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
