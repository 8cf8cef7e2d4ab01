import { beforeEach, expect, test } from 'vitest';
import { TabInputWebview, type WebviewPanel, window } from 'vscode';
import { clickedPanelTab, closeLeftOver } from '../../src/editor/leftOver';
import { goOn, type PanelKinds, registerPanels } from '../../src/editor/panels';

const webview = (viewType: string, label = 'a') => ({
  label,
  input: Object.assign(Object.create(TabInputWebview.prototype), { viewType }),
});
const file = { label: 'a', input: { viewType: 'mainThreadWebview-sseCounter' } };
const ours = webview('mainThreadWebview-sseCounter');
const inspector = webview('mainThreadWebview-sseCounter.inspector');
const renamed = webview('mainThreadWebview-sseCounter', 'b');
/** What happened, in order. */
const seen: unknown[] = [];
let groups: { activeTab?: unknown; tabs: unknown[] }[];

beforeEach(() => {
  seen.length = 0;
  groups = [{ tabs: [file, ours] }, { tabs: [inspector, renamed] }];
  const tabGroups = {
    get all() {
      return groups;
    },
    get activeTabGroup() {
      return groups[0];
    },
    close: async (tabs: unknown) => void seen.push(['close', tabs]),
  };
  Object.assign(window, { tabGroups });
});

test('the tabs of one view type that were left behind are closed, in all groups, and no others', () => {
  closeLeftOver('sseCounter');
  expect(seen).toEqual([['close', [ours, renamed]]]);
});

test('those of another title are left', () => {
  closeLeftOver('sseCounter', 'b');
  expect(seen).toEqual([['close', [renamed]]]);
});

test('where there is none, nothing is closed', () => {
  closeLeftOver('sseCounter.replay');
  closeLeftOver('sseCounter', 'c');
  expect(seen).toEqual([]);
});

test('the clicked tab is the active one, where it is of that view type', () => {
  groups = [{ activeTab: ours, tabs: [ours, inspector] }];
  expect(clickedPanelTab('sseCounter')).toBe(ours);
  expect(clickedPanelTab('sseCounter.inspector')).toBeUndefined();
  groups = [{ activeTab: file, tabs: [file] }];
  expect(clickedPanelTab('sseCounter')).toBeUndefined();
  groups = [{ tabs: [] }];
  expect(clickedPanelTab('sseCounter')).toBeUndefined();
});

test('where the active tab is another, the clicked one is the only one in sight', () => {
  groups = [
    { activeTab: inspector, tabs: [inspector] },
    { activeTab: ours, tabs: [ours, renamed] },
  ];
  expect(clickedPanelTab('sseCounter')).toBe(ours);
  groups.push({ activeTab: renamed, tabs: [renamed] });
  expect(clickedPanelTab('sseCounter')).toBeUndefined();
});

const kinds: PanelKinds = {
  sseCounter: async () => {
    seen.push('load');
    return {
      restore: (panel, state) => void seen.push(['restore', panel, state]),
      goOn: (state) => {
        if (state === undefined) throw new Error('The state can’t be read.');
        return async () => seen.push(['goOn', state]);
      },
    };
  },
};

test('the tab that a page asks from is closed once its kind is loaded, before the new panel opens', async () => {
  groups = [{ activeTab: ours, tabs: [ours] }];
  await goOn('{"panel":"sseCounter","state":{"x":1}}', kinds, new Set());
  expect(seen).toEqual(['load', ['close', ours], ['goOn', { x: 1 }]]);
});

test('where the state can’t be read, the tab stays', async () => {
  groups = [{ activeTab: ours, tabs: [ours] }];
  await expect(goOn('{"panel":"sseCounter"}', kinds, new Set())).rejects.toThrow('The state can’t be read.');
  expect(seen).toEqual(['load']);
});

test('where the active tab is another, none is closed', async () => {
  groups = [{ activeTab: inspector, tabs: [inspector, ours] }];
  await goOn('{"panel":"sseCounter","state":null}', kinds, new Set());
  expect(seen).toEqual(['load', ['goOn', null]]);
});

test('VS Code has a panel brought back by its kind, which is loaded then', async () => {
  const serializers = new Map<string, { deserializeWebviewPanel(panel: unknown, state: unknown): Promise<void> }>();
  Object.assign(window, {
    registerWebviewPanelSerializer: (type: string, serializer: never) => {
      serializers.set(type, serializer);
      return `of ${type}`;
    },
  });
  expect(registerPanels(kinds)).toEqual(['of sseCounter']);
  expect(seen).toEqual([]);
  const panel = {} as WebviewPanel;
  await serializers.get('sseCounter')?.deserializeWebviewPanel(panel, 'state');
  expect(seen).toEqual(['load', ['restore', panel, 'state']]);
});
