// Panels that a killed host has left behind: each is closed when a new panel continues with its state, and no other is.
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { CounterCommands } from '../../src/extension/counter/counterCommands';
import { MockCommands } from '../../src/extension/mock/mockCommands';
import { tabTitle } from '../../src/extension/shared/panel/openPanel';
import { PanelTitles } from '../../src/extension/shared/panel/panelTitles';
import { MOCK_PANEL } from '../../src/extension/shared/panel/viewTypes';
import {
  formOf,
  InspectorBench,
  type InspectorPanel,
  latest,
  serveNoting,
  statusOf,
} from '../support/inspector/inspectors';
import { lastPanel, shown, useFakes, windowOptions } from '../support/mock/mockSessions';
import { eventually, openStream } from '../support/servers/testServer';
import { fake } from '../support/vscode/index';
import { FakeMemory } from '../support/vscode/memory';
import { FakeTabs } from '../support/vscode/tabs';

useFakes();
let tabs: FakeTabs;
beforeEach(() => {
  tabs = new FakeTabs();
});

const isLive = ({ state }: { state: string }) => state === 'open';

/** Returns the state that VS Code keeps of the page, which is also in its link. */
function stateOf(panel: InspectorPanel) {
  const { form, id } = latest(panel, 'form') ?? {};
  return { form, id };
}

/** Opens two live panels, whose requests have the same title if only one is given. */
async function inspectTwo(bench: InspectorBench, first: string, second = first) {
  const a = await bench.inspect(first);
  await statusOf(a, isLive);
  const b = await bench.inspect(second);
  await statusOf(b, isLive);
  return { a, b };
}

test.each([
  ['another', 'second'],
  ['the same', 'first'],
])(
  'a host that was only slow shows the panel whose link was clicked, and leaves that of %s stream as it is',
  async (_, path) => {
    const bench = new InspectorBench();
    const { url, asked } = await serveNoting();
    const { a, b } = await inspectTwo(bench, `${url}first`, `${url}${path}`);
    await bench.inspector.goOn(stateOf(a));
    expect([a.revealed, b.revealed, tabs.titles.length]).toEqual([1, 0, 2]);
    for (const panel of [a, b]) expect(isLive(await statusOf(panel, () => true))).toBe(true);
    expect(asked).toHaveLength(2);
  },
);

test.each([
  ['another', 'second'],
  ['the same', 'first'],
])(
  'where the host was killed, the panel whose link was clicked makes way, and that of %s stream stays, whichever is in front',
  async (_, path) => {
    const killed = new InspectorBench();
    const { url, asked } = await serveNoting();
    const { a, b } = await inspectTwo(killed, `${url}first`, `${url}${path}`);
    const [left, right] = tabs.titles;
    expect(left).not.toBe(right);
    const bench = new InspectorBench(killed);
    await bench.inspector.goOn(stateOf(a));
    expect([tabs.has(a), tabs.has(b)]).toEqual([false, true]);
    expect(tabs.titles).toEqual([right, left]);
    await bench.inspector.goOn(stateOf(b));
    expect([tabs.has(b), tabs.titles]).toEqual([false, [left, right]]);
    await eventually(() => asked.length === 4);
  },
);

test('the link of a replaced panel neither closes nor doubles the panel that replaced it', async () => {
  const killed = new InspectorBench();
  const { url, asked } = await serveNoting();
  const a = await killed.inspect(url);
  await statusOf(a, isLive);
  const bench = new InspectorBench(killed);
  await Promise.all([bench.inspector.goOn(stateOf(a)), bench.inspector.goOn(stateOf(a))]);
  await bench.inspector.goOn(stateOf(a));
  expect(tabs.titles).toHaveLength(1);
  await eventually(() => asked.length === 2);
});

test('a request that the user hasn’t sent, as while its placeholders are asked for, is shown again, and not sent', async () => {
  const killed = new InspectorBench();
  const { url, asked } = await serveNoting();
  const a = await killed.inspect(url);
  await statusOf(a, isLive);
  const bench = new InspectorBench(killed);
  await bench.inspector.goOn({ ...stateOf(a), isUnsent: true });
  expect(tabs.titles).toHaveLength(1);
  const next = lastPanel() as unknown as InspectorPanel;
  next.load();
  expect((await statusOf(next, () => true)).state).toBe('idle');
  expect(formOf(next).url).toBe(url);
  expect(asked).toHaveLength(1);
});

test('a panel of the same stream that was opened after the host was killed is not closed', async () => {
  const killed = new InspectorBench();
  const { url } = await serveNoting();
  const a = await killed.inspect(url);
  await statusOf(a, isLive);
  const bench = new InspectorBench(killed);
  const b = await bench.inspect(url);
  expect(new Set(tabs.titles).size).toBe(2);
  await bench.inspector.goOn(stateOf(a));
  expect([tabs.has(a), tabs.has(b), tabs.titles.length]).toEqual([false, true, 2]);
});

test('a panel whose title has changed with its URL is closed by its new title', async () => {
  const killed = new InspectorBench();
  const { url } = await serveNoting();
  const { a, b } = await inspectTwo(killed, url);
  a.say({ type: 'connect', form: { ...formOf(a), url: `${url}else` } });
  await eventually(() => a.title.endsWith('/else'));
  const bench = new InspectorBench(killed);
  await bench.inspector.goOn(stateOf(a));
  expect([tabs.has(a), tabs.has(b)]).toEqual([false, true]);
});

test('a left panel and the one that replaced it are both restored after a reload, with their own ids and secrets', async () => {
  const killed = new InspectorBench();
  const { url, asked } = await serveNoting();
  const a = await killed.inspect(`curl ${url} -H 'Authorization: Bearer k'`);
  await statusOf(a, isLive);
  const bench = new InspectorBench(killed);
  const state = stateOf(a);
  const [first, second] = [bench.restore(state), bench.restore(state)];
  await eventually(() => second.webview.html !== '');
  second.load();
  expect(latest(second, 'form')?.id).not.toBe(latest(first, 'form')?.id);
  second.say({ type: 'connect', form: formOf(second) });
  await eventually(() => asked.length === 2);
  expect(asked[1]?.headers.authorization).toBe('Bearer k');
});

/** Returns the commands of a window, whose previous host is thereby killed. */
function newMocks(memory = new FakeMemory()) {
  const mocks = new MockCommands({ ...windowOptions(), memory: memory as never });
  onTestFinished(() => mocks.close());
  return { mocks, memory };
}

const LONG = 'recording-of-a-stream-'.repeat(5);
test.each([
  ['long names that begin alike', `/folder/${LONG}1.sse`, `/folder/${LONG}2.sse`],
  ['the same name', '/folder/a/x.sse', '/folder/b/x.sse'],
  ['names that look the same in a title', '/folder/a b.sse', '/folder/a\tb.sse'],
])(
  'files of %s are served beside each other, and each takes the place of its own panel that was left',
  async (_, one, other) => {
    fake.files.write(one, 'data: 1\n\n:@ wait 60s\n');
    fake.files.write(other, 'data: 2\n\n:@ wait 60s\n');
    fake.settings['port'] = 0;
    const { mocks, memory } = newMocks();
    const stream = await openStream((await mocks.serve(one)) ?? '');
    const first = lastPanel();
    first.load();
    await stream.until('data: 1');
    await mocks.serve(other);
    const second = lastPanel();
    expect([tabs.has(first), tabs.has(second)]).toEqual([true, true]);
    expect(new Set(tabs.titles).size).toBe(2);
    expect(shown(first, 'server').server.state).toBe('serving');
    const titles = tabs.titles;

    await mocks.close();
    const next = newMocks(memory).mocks;
    await next.serve(other);
    expect([tabs.has(first), tabs.has(second), tabs.titles]).toEqual([true, false, titles]);
    await next.goOn({ file: one, stopped: false, shared: false });
    expect([tabs.has(first), new Set(tabs.titles)]).toEqual([false, new Set(titles)]);
    // The panel of a host that was only slow.
    await next.goOn({ file: one, stopped: false, shared: false });
    expect(tabs.titles).toHaveLength(2);
  },
);

test('if the counter’s host was only slow, its panel is shown, and none is closed', async () => {
  const counter = new CounterCommands(windowOptions());
  onTestFinished(() => counter.close());
  await counter.start();
  const panel = tabs.add(MOCK_PANEL, 'Stream of a.sse');
  await counter.goOn();
  expect([tabs.has(panel), tabs.titles]).toEqual([true, ['SSE Counter', 'Stream of a.sse']]);
});

test('no two panels of a view type have the same title, however long it is', () => {
  const { memory, log } = windowOptions();
  const titles = new PanelTitles(MOCK_PANEL, memory, log);
  tabs.add(MOCK_PANEL, 'y');
  const taken = ['x', 'x', 'y', 'x (2)', LONG, LONG].map((text, index) => titles.take(String(index), tabTitle(text)));
  expect(taken.slice(0, 4)).toEqual(['x', 'x (2)', 'y (2)', 'x (2) (2)']);
  expect(new Set(taken).size).toBe(taken.length);
  for (const title of taken) expect(title.length).toBeLessThanOrEqual(100);
  // A repeated title stays; after its release, another panel may have it.
  expect(titles.take('1', 'x')).toBe('x (2)');
  titles.release('0');
  expect(titles.take('1', 'x')).toBe('x');
});

test('a panel restored after a reload keeps its title, whatever characters are in its file’s name', async () => {
  const path = '/folder/[a](command:b) \u202e $(x).sse';
  fake.files.write(path, 'data: 1\n\n:@ wait 60s\n');
  fake.settings['port'] = 0;
  const before = newMocks();
  await before.mocks.serve(path);
  const [title = ''] = tabs.titles;
  tabs.close(lastPanel() as never);
  const { mocks } = newMocks(before.memory);
  for (const _ of [1, 2]) {
    const panel = tabs.add(MOCK_PANEL, title);
    await mocks.restore(panel as never, { file: path, stopped: true, shared: false });
    expect(tabs.titles).toEqual([title]);
    tabs.close(panel);
  }
});

test('of panels with the same title, as in older versions, none is closed, because the right one can’t be known', async () => {
  const { memory, log } = windowOptions();
  new PanelTitles(MOCK_PANEL, memory, log).take('a', 'x');
  for (const _ of [1, 2]) tabs.add(MOCK_PANEL, 'x');
  await new PanelTitles(MOCK_PANEL, memory, log).closeLeft('a');
  expect(tabs.titles).toEqual(['x', 'x']);
});

test('the number of stored titles is limited, and invalid values are ignored', async () => {
  const memory = new FakeMemory();
  const { log } = windowOptions();
  const titles = new PanelTitles(MOCK_PANEL, memory as never, log);
  for (let index = 0; index < 1000; index += 1) titles.take(String(index), String(index));
  expect(JSON.stringify([...memory.values]).length).toBeLessThan(10_000);
  memory.values.set(`${MOCK_PANEL}.titles`, { not: 'ours' });
  await titles.closeLeft('1');
  expect(titles.take('1', '1')).toBe('1');
});
