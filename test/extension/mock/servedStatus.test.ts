// The status bar item of all served files, and the list behind it.
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { WebviewPanel } from 'vscode';
import { MockCommands } from '../../../src/extension/mock/mockCommands';
import { type Served, ServedStatus } from '../../../src/extension/mock/servedStatus';
import { FILE, lastPanel, port, useFakes, windowOptions } from '../../support/mock/mockSessions';
import { eventually, isListening, openStream } from '../../support/servers/testServer';
import { type FakePanel, fake } from '../../support/vscode/index';
import { FakeMemory } from '../../support/vscode/memory';
import { FakeTabs } from '../../support/vscode/tabs';

useFakes();

const OTHER = '/folder/other.sse';
let tabs: FakeTabs;
let memory: FakeMemory;
beforeEach(() => {
  [tabs, memory] = [new FakeTabs(), new FakeMemory()];
  fake.files.write(OTHER, 'data: other\n\n:@ wait 60s\n');
});

function newMocks(): MockCommands {
  const mocks = new MockCommands({ ...windowOptions(), memory });
  onTestFinished(() => mocks.close());
  return mocks;
}

const portOf = (url = '') => new URL(url).port;
const items = () => fake.statusBarItems.filter(({ shown }) => shown);
const item = () => items()[0];

/** Chooses the item of that label from the next list. Returns the lists that were shown. */
function choose(label: string) {
  const lists: Record<string, unknown>[][] = [];
  fake.pick = (list) => {
    lists.push(list as Record<string, unknown>[]);
    return lists.at(-1)?.find((one) => one['label'] === label);
  };
  onTestFinished(() => {
    fake.pick = () => undefined;
  });
  return lists;
}

test('while a file is served, an item has its port and names it; a click shows the panel', async () => {
  const mocks = newMocks();
  expect(items()).toEqual([]);
  const url = await mocks.serve(FILE);
  expect(items()).toHaveLength(1);
  expect(item()).toMatchObject({
    text: `$(broadcast) SSE :${port()}`,
    tooltip: `SSE Counter serves ticks.sse on ${url}. Show the panel.`,
    accessibilityInformation: { label: `SSE Counter serves ticks.sse on ${url}. Show the panel.` },
    command: 'sseCounter.showServed',
  });
  const { revealed } = lastPanel();
  await mocks.showServed();
  expect(lastPanel().revealed).toBe(revealed + 1);
});

test('of several files, a click lists name, URL and connections, and shows the panel of the chosen one', async () => {
  const mocks = newMocks();
  const [first = '', second = ''] = [await mocks.serve(FILE), await mocks.serve(OTHER)];
  expect(items()).toHaveLength(1);
  expect(item()?.text).toBe('$(broadcast) SSE 2 files');
  expect(item()?.tooltip).toBe(`SSE Counter serves ticks.sse on ${first}, other.sse on ${second}. Choose one of them.`);
  await (await openStream(second)).until('\n\n');
  const lists = choose('ticks.sse');
  const { revealed } = fake.panels[0] as FakePanel;
  await mocks.showServed();
  expect(lists).toMatchObject([
    [
      { label: 'ticks.sse', description: first, detail: '0 connections' },
      { label: 'other.sse', description: second, detail: '1 connection' },
    ],
  ]);
  expect(fake.panels[0]?.revealed).toBe(revealed + 1);
  choose('none');
  await mocks.showServed();
  expect(fake.panels[0]?.revealed).toBe(revealed + 1);
});

test('the item goes with the last server: after Stop, and after its panel was closed', async () => {
  const mocks = newMocks();
  await mocks.serve(FILE);
  const second = await mocks.serve(OTHER);
  (fake.panels[0] as FakePanel).dispose();
  expect(item()?.text).toBe(`$(broadcast) SSE :${portOf(second)}`);
  lastPanel().load();
  lastPanel().say({ type: 'command', command: 'stop' });
  expect(items()).toEqual([]);
  await mocks.serve(OTHER);
  expect(items()).toHaveLength(1);
  lastPanel().dispose();
  expect(items()).toEqual([]);
  // A click that comes late does nothing.
  await mocks.showServed();
});

test('a file that was closed while the list was shown stays closed', async () => {
  const mocks = newMocks();
  await mocks.serve(FILE);
  await mocks.serve(OTHER);
  const lists = choose('ticks.sse');
  const pick = fake.pick;
  fake.pick = (list) => {
    (fake.panels[0] as FakePanel).dispose();
    return pick(list);
  };
  await mocks.showServed();
  expect([lists.length, fake.panels.length]).toEqual([1, 2]);
});

test('servers of hidden tabs are among the files; a new panel takes the place of the tab', async () => {
  const before = newMocks();
  const urls = [(await before.serve(FILE)) ?? '', (await before.serve(OTHER)) ?? ''];
  await before.close();
  const panels = tabs.reload();
  const mocks = newMocks();
  await eventually(() => item()?.text === '$(broadcast) SSE 2 files');
  choose('other.sse');
  await mocks.showServed();
  await eventually(() => !tabs.has(panels[1]));
  expect(tabs.titles).toHaveLength(2);
  await mocks.restore(panels[0] as unknown as WebviewPanel, undefined);
  expect(item()?.text).toBe('$(broadcast) SSE 2 files');
  tabs.close(panels[0] as FakePanel);
  expect(item()?.text).toBe(`$(broadcast) SSE :${portOf(urls[1])}`);
});

test('files that don’t listen since the host was killed are among them, marked; a chosen one is served again', async () => {
  const before = newMocks();
  const [first = '', second = ''] = [await before.serve(FILE), await before.serve(OTHER)];
  await before.close();
  const mocks = newMocks();
  expect(item()).toMatchObject({
    text: '$(circle-slash) 2 not listening',
    tooltip: 'Not listening until their tabs are shown, or serve again: ticks.sse, other.sse. Choose one of them.',
  });
  const lists = choose('other.sse');
  await mocks.showServed();
  expect(lists[0]?.[1]).toMatchObject({ label: 'other.sse', description: 'Not listening. Serve again' });
  expect(await Promise.all([first, second].map((url) => isListening(Number(portOf(url)))))).toEqual([false, true]);
  expect(item()?.text).toBe(`$(circle-slash) SSE :${portOf(second)} · 1 not listening`);
});

test('of 300 files the tooltip names five, also those with long names', () => {
  const status = new ServedStatus();
  onTestFinished(() => status.dispose());
  const served = (count: number, url: string | undefined): Served[] =>
    Array.from({ length: count }, (_, n) => ({
      file: `/${n}`,
      name: `${n}${'x'.repeat(250)}.sse`,
      url,
      connections: 0,
    }));
  status.show(served(300, 'http://127.0.0.1:8080/event'));
  expect(item()?.text).toBe('$(broadcast) SSE 300 files');
  expect(item()?.tooltip).toMatch(/^SSE Counter serves 0x+….* and 295 more\. Choose one of them\.$/);
  expect(item()?.tooltip.length).toBeLessThan(600);
  status.show([...served(300, 'http://127.0.0.1:8080/event'), ...served(50, undefined)]);
  expect(item()?.tooltip.length).toBeLessThanOrEqual(1000);
});

test('a name in the tooltip is text, and not an icon or a link', () => {
  const status = new ServedStatus();
  onTestFinished(() => status.dispose());
  const name = '$(flame)[x](command:y)\u202e.sse';
  status.show([{ file: '/a', name, url: 'http://127.0.0.1:8080/event', connections: 0 }]);
  expect(item()?.tooltip).toContain('$\u2060(flame)[x]\u2060(command:y)⟨U+202E⟩.sse');
});
