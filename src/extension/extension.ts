import { commands, type ExtensionContext } from 'vscode';
import { Turns } from '../turns/turns';
import { registerCommands, withAddress } from './shared/commands';
import { lazy, whenOpened } from './shared/lazy';
import { Log } from './shared/output/log';
import { goingOn, loadListening, registerPanels } from './shared/panel/panels';
import { COUNTER_PANEL, INSPECTOR_PANEL, LANGUAGE, MOCK_PANEL } from './shared/panel/viewTypes';

// Module-level, since VS Code hands deactivate() nothing, and disposing context.subscriptions is not awaited.
const closing: { close(): Promise<void> }[] = [];

/** Registers the commands, in every window: the parts that do something are loaded when they are needed. Only those that need a server, and a panel that VS Code keeps, open a port. */
export function activate(context: ExtensionContext): void {
  const { extension, subscriptions, workspaceState: memory } = context;
  const log = new Log('SSE Counter');
  // What an extension host that crashed has left.
  void commands.executeCommand('setContext', 'sseCounter.running', false);
  const options = { extension, log, memory, ports: new Map<number, string>(), turns: new Turns() };
  const kept = <T extends { close(): Promise<void> }>(part: T) => {
    closing.push(part);
    return part;
  };
  const counter = lazy(context, async () => {
    const { CounterCommands } = await import('./counter/counterCommands');
    return kept(new CounterCommands(options));
  });
  const inspector = lazy(context, async () => {
    const { InspectorCommands } = await import('./inspector/inspectorCommands');
    return new InspectorCommands(context, log, options.turns);
  });
  const mocks = lazy(context, async () => kept(new (await import('./mock/mockCommands')).MockCommands(options)));
  const panels = { [COUNTER_PANEL]: counter, [INSPECTOR_PANEL]: inspector, [MOCK_PANEL]: mocks };
  subscriptions.push(
    log,
    // What is wrong in such a file is said while it is written.
    whenOpened(LANGUAGE, log, mocks),
    ...registerPanels(panels),
    ...registerCommands(log, {
      start: async () => (await (await counter()).start())?.url,
      stop: async () => (await counter()).stop(),
      // The walkthrough offers these also while nothing runs.
      ...withAddress(async () => (await counter()).address ?? (await counter()).start()),
      inspect: async (text) => (await inspector()).inspect(text),
      inspectSelection: async () => (await inspector()).inspectSelection(),
      inspectRecent: async () => (await inspector()).inspectRecent(),
      serve: async (uri) => (await mocks()).serve(uri),
      newFile: async () => (await mocks()).newFile(),
      showLog: () => log.show(),
      goOn: goingOn(panels),
    }),
  );
  loadListening({ [COUNTER_PANEL]: counter, [MOCK_PANEL]: mocks }, memory, log);
}

/** VS Code waits for it: every stream has ended and every port is free when it resolves. */
export async function deactivate(): Promise<void> {
  await Promise.all(closing.splice(0).map((part) => part.close()));
}
