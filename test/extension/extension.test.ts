import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { commands, type ExtensionContext, Uri, window } from 'vscode';
import manifest from '../../package.json' with { type: 'json' };
import texts from '../../package.nls.json' with { type: 'json' };
import { CounterCommands } from '../../src/extension/counter/counterCommands';
import { activate, deactivate } from '../../src/extension/extension';
import { InspectorCommands } from '../../src/extension/inspector/inspectorCommands';
import { MockCommands } from '../../src/extension/mock/mockCommands';
import { COUNTER_PANEL, listeningKey, MOCK_PANEL } from '../../src/extension/shared/panel/viewTypes';
import { FakePanel, fake } from '../support/vscode/index';

const registered = new Map<string, (argument?: unknown) => Promise<unknown>>();
const serializers = new Map<string, { deserializeWebviewPanel(panel: unknown, state: unknown): Promise<void> }>();
/** Calls of our parts, in order. */
const asked: unknown[][] = [];
const address = { url: 'http://127.0.0.1:8080/event', copyUrl: () => void asked.push(['copyUrl']) };
const logged: unknown[][] = [];
let subscriptions: { dispose(): void }[];
/** State that VS Code keeps for the window's folder. */
const kept = new Map<string, unknown>();
let running: unknown;

beforeEach(() => {
  [asked.length, logged.length, subscriptions, running, fake.errors.length] = [0, 0, [], undefined, 0];
  fake.files.documents.length = 0;
  kept.clear();
  const logs = (...line: unknown[]) => void logged.push(line);
  Object.assign(commands, {
    registerCommand: (name: string, run: (argument?: unknown) => Promise<unknown>) => {
      registered.set(name, run);
      return { dispose: () => undefined };
    },
  });
  Object.assign(window, {
    registerWebviewPanelSerializer: (type: string, one: never) => {
      serializers.set(type, one);
      return { dispose: () => undefined };
    },
    createOutputChannel: () => ({ info: logs, warn: logs, error: logs, show: () => logs('show'), dispose: () => 0 }),
  });
  const answer = (prototype: object, name: string, result?: unknown) =>
    vi.spyOn(prototype as Record<string, () => unknown>, name).mockImplementation((...args: unknown[]) => {
      asked.push([prototype.constructor.name, name, ...args]);
      return result;
    });
  answer(CounterCommands.prototype, 'start', Promise.resolve(address));
  vi.spyOn(CounterCommands.prototype, 'address', 'get').mockImplementation(() => running as never);
  for (const name of ['stop', 'close', 'goOn', 'restore', 'dispose']) answer(CounterCommands.prototype, name);
  for (const name of [
    'inspect',
    'inspectSelection',
    'inspectRecent',
    'record',
    'diagnose',
    'goOn',
    'restore',
    'dispose',
  ])
    answer(InspectorCommands.prototype, name);
  for (const name of ['serve', 'newFile', 'showServed', 'goOn', 'restore', 'close', 'dispose'])
    answer(MockCommands.prototype, name);
  activateExtension();
});

/** Activates the extension as VS Code does in a new window. */
function activateExtension(): void {
  const memento = { get: (key: string) => kept.get(key), update: async () => undefined };
  const context = {
    extension: {},
    extensionUri: Uri.parse('/e'),
    subscriptions,
    globalState: memento,
    workspaceState: memento,
    secrets: {},
  };
  activate(context as unknown as ExtensionContext);
}

/** Number of disposables while no part is loaded: the log, the listeners of language and selection, the commands and serializers. */
const partless = () => 3 + registered.size + serializers.size;

afterEach(async () => {
  await deactivate();
  vi.restoreAllMocks();
});

const run = (name: string, argument?: unknown) => registered.get(`sseCounter.${name}`)?.(argument);

test('each command in package.json is registered, and no other except goOn', () => {
  const { contributes, activationEvents } = manifest;
  const contributed = contributes.commands.map(({ command }) => command);
  const onCommand = activationEvents.flatMap((event) => /^onCommand:(.+)/.exec(event)?.[1] ?? []);
  expect([...registered.keys()].sort()).toEqual([...contributed, ...onCommand].sort());
  expect(onCommand).toEqual(['sseCounter.goOn']);
  const named = `${JSON.stringify(manifest)} ${JSON.stringify(texts)}`.matchAll(
    /"command":"([^"]+)"|command:([\w.]+)/g,
  );
  for (const [, inMenu, inLink] of named) expect(contributed).toContain(inMenu ?? inLink);
});

test('at its start, the extension runs nothing and loads nothing', async () => {
  expect(fake.contexts['sseCounter.running']).toBe(false);
  expect([asked, subscriptions.length]).toEqual([[], partless()]);
  await deactivate();
  expect(asked).toEqual([]);
});

test.each([
  [COUNTER_PANEL, 'CounterCommands'],
  [MOCK_PANEL, 'MockCommands'],
])(
  'where servers of %s are remembered, their part is loaded as the extension starts, and no other',
  async (type, part) => {
    kept.set(listeningKey(type), []);
    activateExtension();
    await vi.waitFor(() => expect(subscriptions).toHaveLength(2 * partless() + 1));
    await deactivate();
    expect(asked).toEqual([[part, 'close']]);
  },
);

test('the command that starts the counter resolves with its stream’s URL', async () => {
  expect(await run('start')).toBe(address.url);
  await run('stop');
  expect(asked).toEqual([
    ['CounterCommands', 'start'],
    ['CounterCommands', 'stop'],
  ]);
});

test('commands that need the address start the counter only if it isn’t running', async () => {
  await run('copyUrl');
  expect(asked).toEqual([['CounterCommands', 'start'], ['copyUrl']]);
  running = address;
  await run('copyUrl');
  expect(asked.slice(2)).toEqual([['copyUrl']]);
});

test('the counter is started to be inspected, unless it runs', async () => {
  const execute = vi.spyOn(commands, 'executeCommand');
  await run('inspectCounter');
  running = address;
  await run('inspectCounter');
  expect(asked).toEqual([['CounterCommands', 'start']]);
  expect(execute.mock.calls).toEqual([
    ['sseCounter.inspect', address.url],
    ['sseCounter.inspect', address.url],
  ]);
});

test.each([
  ['inspect', 'http://a/', ['InspectorCommands', 'inspect', 'http://a/']],
  ['inspectSelection', undefined, ['InspectorCommands', 'inspectSelection']],
  ['inspectRecent', undefined, ['InspectorCommands', 'inspectRecent']],
  ['record', undefined, ['InspectorCommands', 'record', undefined]],
  ['diagnose', undefined, ['InspectorCommands', 'diagnose', undefined]],
  ['serve', '/a.sse', ['MockCommands', 'serve', '/a.sse']],
  ['newFile', undefined, ['MockCommands', 'newFile', undefined]],
  ['newFile', 'notifications.sse', ['MockCommands', 'newFile', 'notifications.sse']],
  ['showServed', undefined, ['MockCommands', 'showServed']],
  ['goOn', '{"panel":"sseCounter.replay","state":{"x":1}}', ['MockCommands', 'goOn', { x: 1 }]],
  ['goOn', '{"panel":"sseCounter.inspector","state":5}', ['InspectorCommands', 'goOn', 5]],
  ['goOn', '{"panel":"sseCounter"}', ['CounterCommands', 'goOn', undefined]],
])('the command %s with %j asks the part that it is for', async (name, argument, call) => {
  await run(name, argument);
  expect(asked).toEqual([call]);
});

test('a walkthrough records and diagnoses the counter, which is started, and serves a file of our own', async () => {
  running = undefined;
  await run('record', 'counter');
  running = address;
  await run('diagnose', 'counter');
  await run('serve', 'example');
  expect(asked).toEqual([
    ['CounterCommands', 'start'],
    ['InspectorCommands', 'record', address.url],
    ['InspectorCommands', 'diagnose', address.url],
    ['MockCommands', 'serve', expect.stringMatching(/media\/templates\/notifications\.sse$/)],
  ]);
});

test('nothing else is asked for if the counter that is to be recorded can’t start', async () => {
  vi.spyOn(CounterCommands.prototype, 'start').mockResolvedValue(undefined);
  await run('record', 'counter');
  expect(asked).toEqual([]);
});

test('a command from a menu gets the clicked item; an argument that is no text is ignored', async () => {
  await run('serve', Uri.parse('/clicked.sse'));
  await run('serve', Uri.parse('/clicked.sse#L3'));
  await run('serve', { some: 'object' });
  expect(asked).toEqual([
    ['MockCommands', 'serve', '/clicked.sse'],
    ['MockCommands', 'serve', '/clicked.sse'],
    ['MockCommands', 'serve', undefined],
  ]);
});

test.each(['', 'b ad:x', 'x'.repeat(10_001), '{"panel":1}'])(
  'what is to be served is refused in words where it is no URI: VS Code would take “%.20s” for a path, such as the root',
  async (given) => {
    for (const name of ['serve', 'serveFolder']) await run(name, given);
    expect(asked).toEqual([]);
    const words = 'SSE Counter: What is to be served must be given as the URI of a file or a folder.';
    expect(fake.errors).toEqual([words, words]);
  },
);

test('a command’s failure is reported and logged, and the command itself doesn’t fail', async () => {
  vi.spyOn(CounterCommands.prototype, 'start').mockRejectedValue(new Error('No port is free.'));
  expect(await run('start')).toBeUndefined();
  expect(fake.errors).toEqual(['SSE Counter: No port is free.']);
  expect(String(logged[0]?.[0])).toMatch(/^Error: No port is free\.\n {4}at /);
});

test('the log can be shown', async () => {
  await run('showLog');
  expect(logged).toEqual([['show']]);
});

test.each([
  ['sseCounter', 'CounterCommands'],
  ['sseCounter.inspector', 'InspectorCommands'],
  ['sseCounter.replay', 'MockCommands'],
])('a panel of the type %s is brought back by its part', async (type, part) => {
  const panel = new FakePanel();
  await serializers.get(type)?.deserializeWebviewPanel(panel, 'state');
  expect(asked).toEqual([[part, 'restore', panel, 'state']]);
});

test('a part is loaded once, and disposed with the extension', async () => {
  const before = subscriptions.length;
  await Promise.all([run('serve', 'a'), run('serve', 'b')]);
  await run('inspect');
  expect(subscriptions).toHaveLength(before + 2);
  asked.length = 0;
  await deactivate();
  expect(asked).toEqual([['MockCommands', 'close']]);
  for (const one of subscriptions.slice(before)) one.dispose();
  expect(asked.slice(1)).toEqual([
    ['MockCommands', 'dispose'],
    ['InspectorCommands', 'dispose'],
  ]);
});
