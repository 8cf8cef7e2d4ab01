import { beforeEach, expect, test } from 'vitest';
import { TabInputWebview, type WebviewPanel, window } from 'vscode';
import { closeLeftOver } from '../../../../src/extension/shared/panel/leftOver';
import { type PanelKinds, registerPanels, reopenCommand } from '../../../../src/extension/shared/panel/panels';

const webview = (viewType: string, label = 'a') => ({
  label,
  input: Object.assign(Object.create(TabInputWebview.prototype), { viewType }),
});
const file = { label: 'a', input: { viewType: 'mainThreadWebview-sseCounter' } };
const ours = webview('mainThreadWebview-sseCounter');
const inspector = webview('mainThreadWebview-sseCounter.inspector');
const renamed = webview('mainThreadWebview-sseCounter', 'b');
/** Calls, in order. */
const seen: unknown[] = [];

beforeEach(() => {
  seen.length = 0;
  const others = ['mainThreadWebview-other-sseCounter', 'mainThreadWebview-xsseCounter', 'sseCounter.x'].map((type) =>
    webview(type),
  );
  const all = [{ tabs: [file, ours, ...others] }, { tabs: [inspector, renamed] }];
  const close = async (tabs: unknown) => void seen.push(['close', tabs]);
  Object.assign(window, { tabGroups: { all, activeTabGroup: all[0], close } });
});

test('tabs of one view type that were left behind are closed, in all groups, but no others', () => {
  closeLeftOver('sseCounter');
  expect(seen).toEqual([['close', [ours, renamed]]]);
});

test('without such tabs, nothing is closed', () => {
  closeLeftOver('sseCounter.replay');
  expect(seen).toEqual([]);
});

const kinds: PanelKinds = {
  sseCounter: async () => {
    seen.push('load');
    return {
      restore: (panel, state) => void seen.push(['restore', panel, state]),
      goOn: async (state) => {
        if (state === undefined) throw new Error('The state can’t be read.');
        seen.push(['goOn', state]);
      },
    };
  },
};

test('a page’s request to continue loads its kind, which handles it; no tab is closed for it, whichever is in front', async () => {
  await reopenCommand(kinds)('{"panel":"sseCounter","state":{"x":1}}');
  expect(seen).toEqual(['load', ['goOn', { x: 1 }]]);
  seen.length = 0;
  await expect(reopenCommand(kinds)('{"panel":"sseCounter"}')).rejects.toThrow('The state can’t be read.');
  expect(seen).toEqual(['load']);
});

test('VS Code restores a panel with its kind, which is loaded then', async () => {
  const serializers = new Map<string, { deserializeWebviewPanel(panel: unknown, state: unknown): Promise<void> }>();
  Object.assign(window, {
    registerWebviewPanelSerializer: (type: string, serializer: never) => {
      serializers.set(type, serializer);
      return `of ${type}`;
    },
  });
  expect(registerPanels(kinds)).toEqual(['of sseCounter']);
  expect(seen).toEqual([]);
  const panel = { onDidDispose: () => undefined } as unknown as WebviewPanel;
  await serializers.get('sseCounter')?.deserializeWebviewPanel(panel, 'state');
  expect(seen).toEqual(['load', ['restore', panel, 'state']]);
});
