// A request to go on in a new panel comes from a page, as JSON: anyone can have written it.
import { expect, test } from 'vitest';
import { goOn, type PanelKinds } from '../../src/editor/panels';
import { fake, TabInputWebview, window } from './vscode';

const told: unknown[] = [];
const kinds: PanelKinds = {
  known: async () => ({ restore: () => undefined, goOn: (state) => async () => void told.push(state) }),
  unreadable: async () => ({
    restore: () => undefined,
    goOn: () => {
      throw new Error('The state can’t be read.');
    },
  }),
};

test.each([
  undefined,
  '',
  '{',
  'null',
  '5',
  '"known"',
  '[]',
  '{}',
  '{"state":{}}',
  '{"panel":1}',
  '{"panel":["known"]}',
  '{"panel":"other"}',
  '{"panel":"__proto__"}',
  '{"panel":"constructor"}',
  JSON.stringify({ panel: 'x'.repeat(1e6) }),
])('request %# to go on is refused in a short sentence, and nothing opens', async (text) => {
  fake.panels.length = 0;
  const error = await goOn(text, kinds, new Set()).catch((error: unknown) => error);
  expect(String(error)).toMatch(/^\w*Error: \S+ .*\S$/);
  expect(String(error).length).toBeLessThan(200);
  expect([told, fake.panels]).toEqual([[], []]);
});

test.each([
  ['known', '{"ok":1}', 1],
  ['unreadable', '{}', 0],
])(
  'the tab of a panel that goes on is closed before it does; where its state is unreadable, it stays: %s',
  async (panel, state, closed) => {
    told.length = 0;
    const order: string[] = [];
    const tab = { input: new TabInputWebview(`mainThreadWebview-${panel}`) };
    const close = async (one: unknown) => void order.push(one === tab ? `closed, told ${told.length}` : 'another');
    const group = { activeTab: tab };
    Object.assign(window, { tabGroups: { all: [group], activeTabGroup: group, close } });
    const error = await goOn(`{"panel":"${panel}","state":${state}}`, kinds, new Set()).catch(
      (error: unknown) => error,
    );
    expect(order).toEqual(closed === 1 ? ['closed, told 0'] : []);
    expect(told).toHaveLength(closed);
    expect(error === undefined).toBe(closed === 1);
  },
);

test.each([
  ['the active one, of several in sight', ['known', 'known', 'other'], 1, 1],
  ['the only one in sight, where none of them is active', ['other', 'known'], 0, 1],
  ['none, where it can’t be known which', ['other', 'known', 'known'], 0, undefined],
])('the tab that is closed is %s', async (_, panels, active, expected) => {
  const groups = panels.map((panel) => ({ activeTab: { input: new TabInputWebview(`mainThreadWebview-${panel}`) } }));
  const closed: unknown[] = [];
  const close = async (tab: unknown) => void closed.push(groups.findIndex(({ activeTab }) => activeTab === tab));
  Object.assign(window, { tabGroups: { all: groups, activeTabGroup: groups[active], close } });
  await goOn('{"panel":"known","state":{}}', kinds, new Set());
  expect(closed).toEqual(expected === undefined ? [] : [expected]);
});

test('a double click on the link opens one panel; a click after the first is done, another', async () => {
  let opened = 0;
  let done = () => {};
  const isDone = new Promise<void>((resolve) => {
    done = resolve;
  });
  const open = () => {
    opened += 1;
    return isDone;
  };
  const known = async () => ({ restore: () => undefined, goOn: () => open });
  Object.assign(window, { tabGroups: { all: [], activeTabGroup: {} } });
  const underWay = new Set<string>();
  const [text, another] = ['{"panel":"known","state":{}}', '{"panel":"known","state":{"of":"another"}}'];
  const first = goOn(text, { known }, underWay);
  await goOn(text, { known }, underWay);
  const second = goOn(another, { known }, underWay);
  done();
  await Promise.all([first, second]);
  expect(opened).toBe(2);
  await goOn(text, { known }, underWay);
  expect(opened).toBe(3);
});

test('a request that fails may be asked for again', async () => {
  const underWay = new Set<string>();
  for (const _ of [1, 2]) await expect(goOn('{"panel":"other"}', kinds, underWay)).rejects.toThrow('There is no panel');
});
