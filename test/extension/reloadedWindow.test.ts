// Servers that listened when the window was left listen again, though VS Code restores a panel only when its tab is shown.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { type WebviewPanel, window } from 'vscode';
import { CounterCommands } from '../../src/extension/counter/counterCommands';
import { MockCommands } from '../../src/extension/mock/mockCommands';
import { MAX_REMEMBERED } from '../../src/extension/shared/panel/listeningMemory';
import type { WindowMemory } from '../../src/extension/shared/panel/panelTitles';
import { COUNTER_PANEL, listeningKey, MOCK_PANEL } from '../../src/extension/shared/panel/viewTypes';
import {
  FILE,
  type MockFakePanel,
  shown,
  showsConnections,
  useFakes,
  windowOptions,
} from '../support/mock/mockSessions';
import { eventually, freePort, isListening, openStream } from '../support/servers/testServer';
import { type FakePanel, fake } from '../support/vscode/index';
import { FakeMemory } from '../support/vscode/memory';
import { FakeTabs } from '../support/vscode/tabs';

useFakes();
let tabs: FakeTabs;
let memory: FakeMemory;
beforeEach(() => {
  tabs = new FakeTabs();
  memory = new FakeMemory();
});

const FILES = ['/folder/1.sse', '/folder/2.sse', '/folder/3.sse', '/folder/4.sse'];

/** Returns a host of the window, with the state that VS Code keeps for the folder. */
function newHost(kept: WindowMemory = memory) {
  const options = { ...windowOptions(), memory: kept };
  const mocks = new MockCommands(options);
  onTestFinished(() => mocks.close());
  return { mocks, ...options };
}

/** Serves the files in a window. Returns its host and their URLs. */
async function serve(files = FILES) {
  for (const file of files) fake.files.write(file, `data: ${file}\n\n:@ wait 60s\n`);
  const { mocks } = newHost();
  const urls: string[] = [];
  for (const file of files) urls.push((await mocks.serve(file)) ?? '');
  return { mocks, urls };
}

/** Occupies the port as another program. Returns a function that frees it. */
async function occupy(port: number): Promise<() => Promise<unknown>> {
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  return () => new Promise((resolve) => other.close(resolve));
}

/** Serves the files, and reloads the window. Returns the panels that VS Code has yet to restore. */
async function serveAndReload(files = FILES) {
  const { mocks, urls } = await serve(files);
  await mocks.close();
  return { urls, panels: tabs.reload() };
}

const portOf = (url = '') => Number(new URL(url).port);
const listens = (urls: string[]) => Promise.all(urls.map((url) => isListening(portOf(url))));
const allListen = (urls: string[]) => eventually(async () => (await listens(urls)).every(Boolean));
const noneListens = (urls: string[]) => eventually(async () => !(await listens(urls)).some(Boolean));
const stateOf = (file: string, url: string, more: object = {}) => {
  const port = { port: portOf(url), setting: Number(fake.settings['port']) };
  return { file, stopped: false, shared: false, speed: 1, port, ...more };
};
const restore = (host: { mocks: MockCommands }, panel: unknown, state: unknown) =>
  host.mocks.restore(panel as WebviewPanel, state);
const remembered = () => (memory.get(listeningKey(MOCK_PANEL)) as { name: string }[] | undefined) ?? [];
const statusItem = () => fake.statusBarItems.filter(({ shown }) => shown).at(-1);

test('each served file is served again at its port, though no panel is restored', async () => {
  const { urls } = await serveAndReload();
  fake.panels.length = 0;
  newHost();
  await allListen(urls);
  for (const [index, url] of urls.entries()) await (await openStream(url)).until(`data: ${FILES[index]}\n\n`);
  expect([fake.panels, fake.warnings, fake.errors]).toEqual([[], [], []]);
  expect(tabs.titles).toHaveLength(4);
});

test('a window that has ended restores no panel, whose server nobody would stop', async () => {
  const { urls, panels } = await serveAndReload();
  const host = newHost();
  await host.mocks.close();
  await restore(host, panels[1], stateOf(FILES[1] ?? '', urls[1] ?? ''));
  expect(await listens(urls)).toEqual(urls.map(() => false));
});

test('a restored panel belongs to the running server, whose connections continue', async () => {
  const { urls, panels } = await serveAndReload();
  const host = newHost();
  await allListen(urls);
  const stream = await openStream(urls[1] ?? '');
  await stream.until('\n\n');
  const panel = panels[1] as unknown as MockFakePanel;
  await restore(host, panel, stateOf(FILES[1] ?? '', urls[1] ?? ''));
  panel.load();
  expect(shown(panel, 'server').server).toMatchObject({ state: 'serving', address: urls[1] });
  await showsConnections(panel, 1);
  expect(shown(panel, 'keep').state).toEqual(stateOf(FILES[1] ?? '', urls[1] ?? ''));
  panel.say({ type: 'command', command: 'stop' });
  await stream.whole;
  await eventually(() => !remembered().some(({ name }) => name === FILES[1]));
  expect(tabs.titles).toHaveLength(4);
});

test('if VS Code has kept no state of its page, a panel is identified by its title', async () => {
  const { urls, panels } = await serveAndReload();
  const host = newHost();
  await allListen(urls);
  await restore(host, panels[0], undefined);
  const panel = panels[0] as unknown as MockFakePanel;
  panel.load();
  expect(shown(panel, 'server').server).toMatchObject({ state: 'serving', address: urls[0] });
});

test('the visible panel is restored as usual, before or after the others are served, and has one server', async () => {
  for (const isFirst of [true, false]) {
    const { urls, panels } = await serveAndReload();
    const file = FILES[3] ?? '';
    const host = newHost();
    if (!isFirst) await allListen(urls);
    await restore(host, panels[3], stateOf(file, urls[3] ?? ''));
    await allListen(urls);
    const panel = panels[3] as unknown as MockFakePanel;
    panel.load();
    await eventually(() => shown(panel, 'server').server.state === 'serving');
    expect(shown(panel, 'server').server).toMatchObject({ address: urls[3] });
    await host.mocks.close();
    for (const one of panels) tabs.close(one);
  }
});

test('closing a hidden tab ends its server, which is forgotten', async () => {
  const { urls, panels } = await serveAndReload();
  const host = newHost();
  await allListen(urls);
  const stream = await openStream(urls[0] ?? '');
  tabs.close(panels[0] as FakePanel);
  await stream.whole;
  await noneListens(urls.slice(0, 1));
  expect(await listens(urls)).toEqual([false, true, true, true]);
  expect(remembered().map(({ name }) => name)).not.toContain(FILES[0]);
  await host.mocks.close();
  tabs.reload();
  newHost();
  await allListen(urls.slice(1));
  expect(await isListening(portOf(urls[0]))).toBe(false);
});

test('closing a tab during its server’s start leaves no server', async () => {
  const { urls, panels } = await serveAndReload(FILES.slice(0, 1));
  const { mocks } = newHost();
  tabs.close(panels[0] as FakePanel);
  await mocks.close();
  expect(await listens(urls)).toEqual([false]);
  expect(remembered()).toEqual([]);
});

test('a hidden tab that is moved to another group keeps its server', async () => {
  const { urls, panels } = await serveAndReload(FILES.slice(0, 2));
  newHost();
  await allListen(urls);
  const stream = await openStream(urls[0] ?? '');
  await stream.until('\n\n');
  tabs.move(panels[0] as FakePanel);
  tabs.close(panels[1] as FakePanel);
  await noneListens(urls.slice(1));
  expect(await listens(urls)).toEqual([true, false]);
});

test('the command for a served file shows a new panel in place of the tab, and the connections continue', async () => {
  const { urls, panels } = await serveAndReload(FILES.slice(0, 2));
  const { mocks } = newHost();
  await allListen(urls);
  const { title } = panels[0] as FakePanel;
  const stream = await openStream(urls[0] ?? '');
  await stream.until('\n\n');
  expect(await mocks.serve(FILES[0])).toBe(urls[0]);
  await eventually(() => !tabs.has(panels[0]));
  expect([...tabs.titles].sort()).toEqual([title, panels[1]?.title].sort());
  const panel = fake.panels.at(-1) as unknown as MockFakePanel;
  panel.load();
  await showsConnections(panel, 1);
  tabs.close(panel as unknown as FakePanel);
  await stream.whole;
  await noneListens(urls.slice(0, 1));
});

test('a stopped mock stays stopped, and is not remembered', async () => {
  const { mocks, urls } = await serve(FILES.slice(0, 2));
  const panel = fake.panels.at(-1) as unknown as MockFakePanel;
  panel.load();
  panel.say({ type: 'command', command: 'stop' });
  await noneListens(urls.slice(1));
  await mocks.close();
  const panels = tabs.reload();
  const host = newHost();
  await allListen(urls.slice(0, 1));
  await restore(host, panels[1], stateOf(FILES[1] ?? '', urls[1] ?? '', { stopped: true }));
  expect(await listens(urls)).toEqual([true, false]);
});

test('a shared timeline is shared again, at its speed', async () => {
  const { mocks, urls } = await serve(FILES.slice(0, 1));
  const before = fake.panels.at(-1) as unknown as MockFakePanel;
  before.load();
  before.say({ type: 'share', shared: true });
  before.say({ type: 'speed', speed: 5 });
  await mocks.close();
  const [panel] = tabs.reload() as unknown as MockFakePanel[];
  const host = newHost();
  await allListen(urls);
  await restore(host, panel, stateOf(FILES[0] ?? '', urls[0] ?? '', { shared: true }));
  panel?.load();
  expect(panel && shown(panel, 'play').play).toMatchObject({ shared: true, speed: 5 });
});

test('what a version without speeds remembered is served as before', async () => {
  const { urls, panels } = await serveAndReload(FILES.slice(0, 1));
  const { speed: _, ...before } = stateOf(FILES[0] ?? '', urls[0] ?? '');
  const key = listeningKey(MOCK_PANEL);
  memory.values.set(key, [{ name: FILES[0], session: 'an older load', missed: 0, state: before }]);
  const host = newHost();
  await allListen(urls);
  const [panel] = panels as unknown as MockFakePanel[];
  await restore(host, panel, before);
  panel?.load();
  expect(panel && shown(panel, 'play').play.speed).toBe(1);
});

test('after the extension host was killed, nothing starts automatically; after a reload of that window it does', async () => {
  const { mocks, urls } = await serve();
  // Its servers are gone, but its tabs and the window are unchanged.
  await mocks.close();
  const next = newHost();
  expect(fake.files.watched).toEqual([]);
  expect(statusItem()).toMatchObject({ text: '$(circle-slash) 4 not listening' });
  expect(statusItem()?.tooltip).toMatch(
    /^Not listening until their tabs are shown, or serve again: 1\.sse, 2\.sse, 3\.sse, 4\.sse\./,
  );
  await next.mocks.goOn(stateOf(FILES[1] ?? '', urls[1] ?? ''));
  expect(await listens(urls)).toEqual([false, true, false, false]);
  expect(statusItem()).toMatchObject({ text: `$(circle-slash) SSE :${portOf(urls[1])} · 3 not listening` });
  await next.mocks.close();
  tabs.reload();
  newHost();
  await allListen(urls);
});

test('a host that ends before it knows the tabs leaves everything as it was', async () => {
  const { mocks, urls } = await serve(FILES.slice(0, 2));
  await mocks.close();
  const panels = tabs.reload();
  const { tabGroups } = window;
  Object.assign(window, { tabGroups: { ...tabGroups, all: [] } });
  const early = newHost();
  tabs.changed.fire({});
  await early.mocks.close();
  expect(tabs.changed.listenerCount).toBe(0);
  Object.assign(window, { tabGroups });
  expect([panels.length, remembered().length, await listens(urls)]).toEqual([2, 2, [false, false]]);
});

test('if VS Code reports its tabs late, the files are served then', async () => {
  const { urls } = await serveAndReload(FILES.slice(0, 2));
  const { tabGroups } = window;
  Object.assign(window, { tabGroups: { ...tabGroups, all: [] } });
  newHost();
  Object.assign(window, { tabGroups });
  tabs.changed.fire({});
  await allListen(urls);
});

test('another window of the folder without such a tab serves nothing, and takes nothing from the first', async () => {
  const { mocks, urls } = await serve(FILES.slice(0, 2));
  await mocks.close();
  const { tabGroups } = window;
  const others = new FakeTabs();
  fake.session = 'second window';
  others.add(MOCK_PANEL, 'Stream of another.sse');
  const second = newHost();
  expect(fake.files.watched).toEqual([]);
  expect(await listens(urls)).toEqual([false, false]);
  await second.mocks.close();
  Object.assign(window, { tabGroups });
  tabs.reload();
  newHost();
  await allListen(urls);
});

test('a server without a tab is forgotten when the third window has none', async () => {
  const { mocks } = await serve(FILES.slice(0, 2));
  await mocks.close();
  for (const panel of tabs.reload()) tabs.close(panel);
  tabs.add(COUNTER_PANEL, 'SSE Counter');
  for (const count of [2, 2, 0]) {
    await newHost().mocks.close();
    expect(remembered()).toHaveLength(count);
  }
  expect(memory.values.get(listeningKey(MOCK_PANEL))).toBeUndefined();
});

test.each([
  ['is gone', () => fake.files.remove(FILES[0] ?? ''), 'File not found: 1.sse'],
  ['has an error', () => fake.files.write(FILES[0] ?? '', ':@ wiat 1s\n'), '1.sse, line 1, column 4: '],
])(
  'a file that %s meanwhile is told of once, without a question, and its panel says so when it is shown',
  async (_, change, text) => {
    const { urls, panels } = await serveAndReload(FILES.slice(0, 2));
    change();
    const host = newHost();
    await eventually(() => fake.errors.length > 0);
    await allListen(urls.slice(1));
    expect(fake.errors).toEqual([expect.stringContaining(text)]);
    const panel = panels[0] as unknown as MockFakePanel;
    await restore(host, panel, stateOf(FILES[0] ?? '', urls[0] ?? ''));
    panel.load();
    const reason = expect.stringContaining(text);
    expect(shown(panel, 'server').server).toEqual({ state: 'stopped', reason });
    expect(fake.errors).toHaveLength(1);
    fake.files.write(FILES[0] ?? '', 'data: 1\n\n:@ wait 60s\n');
    panel.say({ type: 'command', command: 'start' });
    await allListen(urls);
  },
);

test('Restricted Mode makes no difference: the user’s files are served', async () => {
  fake.isTrusted = false;
  onTestFinished(() => {
    fake.isTrusted = true;
  });
  const { urls } = await serveAndReload(FILES.slice(0, 2));
  newHost();
  await allListen(urls);
});

test('a port that another program took meanwhile is left to it, with a message, and the next one is used', async () => {
  const { urls, panels } = await serveAndReload(FILES.slice(0, 1));
  const letGo = await occupy(portOf(urls[0]));
  onTestFinished(async () => void (await letGo()));
  const host = newHost();
  await eventually(() => fake.warnings.length > 0);
  expect(fake.warnings).toEqual([expect.stringMatching(`^Port ${portOf(urls[0])} is in use by another program`)]);
  const panel = panels[0] as unknown as MockFakePanel;
  await restore(host, panel, stateOf(FILES[0] ?? '', urls[0] ?? ''));
  panel.load();
  await eventually(() => shown(panel, 'server').server.state === 'serving');
  expect(shown(panel, 'server').server).not.toMatchObject({ address: urls[0] });
});

test.each([
  ['null', null],
  ['a text', 'x'],
  ['another form', [{ file: FILES[0] }, null, 5, [1]]],
  ['an address that is none', [{ name: 'a b:', session: 'a', missed: 0, state: stateOf('a b:', 'http://a:1/') }]],
  [
    'a port that is none',
    [{ name: FILE, session: 'a', missed: 0, state: { ...stateOf(FILE, 'http://a:1/'), port: 70_000 } }],
  ],
  [
    'a name of 10,001 characters',
    [{ name: 'x'.repeat(10_001), session: 'a', missed: 0, state: stateOf(FILE, 'http://a:1/') }],
  ],
])('what is remembered as %s is ignored', async (_, value) => {
  memory.values.set(listeningKey(MOCK_PANEL), value);
  tabs.add(MOCK_PANEL, 'Stream of ticks.sse');
  const { mocks } = newHost();
  expect(await mocks.serve(FILE)).toMatch(/^http/);
  expect([fake.errors, remembered().map(({ name }) => name)]).toEqual([[], [FILE]]);
});

test(`of more than ${MAX_REMEMBERED} servers the latest are remembered`, async () => {
  const { mocks } = newHost();
  const before = Array.from({ length: MAX_REMEMBERED + 10 }, (_, index) => {
    const name = `/folder/${index}.sse`;
    return { name, session: fake.session, missed: 0, state: { file: name, stopped: false, shared: false } };
  });
  memory.values.set(listeningKey(MOCK_PANEL), before);
  await mocks.serve(FILE);
  expect(remembered()).toHaveLength(MAX_REMEMBERED);
  expect(remembered()[0]).toMatchObject({ name: FILE });
});

test('when the extension ends, no port, listener or status bar item is left', async () => {
  const { urls } = await serveAndReload(FILES.slice(0, 2));
  const { mocks } = newHost();
  await allListen(urls);
  await mocks.close();
  expect(await listens(urls)).toEqual([false, false]);
  expect([statusItem(), tabs.changed.listenerCount]).toEqual([undefined, 0]);
});

test('a file requested while the extension ends is no longer served', async () => {
  const { mocks } = newHost();
  const url = (await mocks.serve(FILE)) ?? '';
  for (let n = 0; n < 3; n += 1) {
    const again = mocks.serve(FILE);
    await mocks.close();
    await again;
    expect(await listens([url])).toEqual([false]);
  }
});

/** Returns the counter of a window. */
function newCounter(): CounterCommands {
  const counter = new CounterCommands({ ...windowOptions(), memory });
  onTestFinished(() => counter.close());
  return counter;
}

async function countAndReload() {
  const counter = newCounter();
  const url = (await counter.start())?.url ?? '';
  await counter.close();
  const [panel] = tabs.reload();
  return { url, panel: panel as FakePanel };
}

test('a window that has ended starts the counter no more, which nobody would stop', async () => {
  const { panel } = await countAndReload();
  fake.panels.length = 0;
  const counter = newCounter();
  await counter.close();
  expect(await counter.start()).toBeUndefined();
  await counter.restore(panel as unknown as WebviewPanel, { stopped: false });
  expect([counter.address, fake.panels]).toEqual([undefined, []]);
});

test('the counter runs again in its hidden tab, and its panel shows it later', async () => {
  const { url, panel } = await countAndReload();
  fake.panels.length = 0;
  const counter = newCounter();
  await allListen([url]);
  await (await openStream(url)).until('data: 1\n\n');
  await counter.restore(panel as unknown as WebviewPanel, { stopped: false });
  panel.load('http://page');
  expect(panel.posted).toContainEqual(expect.objectContaining({ type: 'running', address: url }));
  expect([fake.panels, tabs.titles]).toEqual([[], ['SSE Counter']]);
});

test('closing the counter’s hidden tab ends it; a counter that was stopped, or whose host was killed, stays stopped', async () => {
  const { url, panel } = await countAndReload();
  const counter = newCounter();
  await allListen([url]);
  tabs.close(panel);
  await noneListens([url]);
  expect(memory.values.get(listeningKey(COUNTER_PANEL))).toBeUndefined();
  expect(counter.address).toBeUndefined();

  await counter.start();
  await counter.stop();
  await counter.close();
  tabs.reload();
  const stopped = newCounter();
  // Nothing is running that could be stopped.
  expect(stopped.stop()).toBeUndefined();
  await stopped.start();
  await stopped.close();
  expect(newCounter().stop()).toBeUndefined();
});

test('a counter stopped in its hidden tab stays stopped, even if the tab is shown after another reload', async () => {
  const { url, panel } = await countAndReload();
  const counter = newCounter();
  await allListen([url]);
  await counter.stop();
  await counter.close();
  const next = newCounter();
  await next.restore(panel as unknown as WebviewPanel, { stopped: false });
  expect([next.address, await listens([url])]).toEqual([undefined, [false]]);
  await next.start();
  await next.close();
  const [shown] = tabs.reload();
  const last = newCounter();
  await allListen([url]);
  await last.restore(shown as unknown as WebviewPanel, { stopped: false });
  expect(last.address?.url).toBe(url);
});

test('a counter whose port another program had returns to the port that its clients know', async () => {
  const setting = Number(fake.settings['port']);
  const letGo = await occupy(setting);
  const { url } = await countAndReload();
  await letGo();
  newCounter();
  await allListen([url]);
  expect(portOf(url)).not.toBe(setting);
  fake.settings['port'] = await freePort();
});

test('the counter’s command shows it in a new panel in place of the tab', async () => {
  const { url, panel } = await countAndReload();
  const counter = newCounter();
  await allListen([url]);
  const stream = await openStream(url);
  await stream.until('data: 1\n\n');
  expect((await counter.start())?.url).toBe(url);
  await eventually(() => !tabs.has(panel));
  expect(tabs.titles).toEqual(['SSE Counter']);
  await stream.until('data: 2\n\n');
});
