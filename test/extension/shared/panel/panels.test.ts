// A request to continue in a new panel comes from a page as JSON, so that anyone may have written it.
import { expect, test } from 'vitest';
import { window } from 'vscode';
import { type PanelKinds, registerPanels, reopenCommand } from '../../../../src/extension/shared/panel/panels';
import { FakePanel, fake } from '../../../support/vscode/index';

const told: unknown[] = [];
const kinds: PanelKinds = {
  known: async () => ({ restore: () => undefined, goOn: async (state) => void told.push(state) }),
  unreadable: async () => ({
    restore: () => undefined,
    goOn: async () => {
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
  // Parsing 2 MB of brackets took a tenth of a second.
  '['.repeat(2e6),
  JSON.stringify({ panel: 'known', state: 'x'.repeat(256 * 1024) }),
])('request %# to go on is refused in a short sentence, and nothing opens', async (text) => {
  fake.panels.length = 0;
  const error = await reopenCommand(kinds)(text).catch((error: unknown) => error);
  expect(String(error)).toBe('Error: The panel’s state can’t be read.');
  expect([told, fake.panels]).toEqual([[], []]);
});

test('a double click on the link opens one panel; a click after the first is done opens another', async () => {
  let opened = 0;
  let done = () => {};
  const isDone = new Promise<void>((resolve) => {
    done = resolve;
  });
  const open = () => {
    opened += 1;
    return isDone;
  };
  const known = async () => ({ restore: () => undefined, goOn: open });
  const goOn = reopenCommand({ known });
  const [text, another] = ['{"panel":"known","state":{}}', '{"panel":"known","state":{"of":"another"}}'];
  const first = goOn(text);
  await goOn(text);
  const second = goOn(another);
  done();
  await Promise.all([first, second]);
  expect(opened).toBe(2);
  await goOn(text);
  expect(opened).toBe(3);
});

test('a failed request may be repeated', async () => {
  const goOn = reopenCommand(kinds);
  for (const _ of [1, 2]) await expect(goOn('{"panel":"other"}')).rejects.toThrow('The panel’s state can’t be read.');
});

test('of a thousand different requests at once, twenty open a panel: a page out of control could fill the window', async () => {
  let opened = 0;
  const goOn = reopenCommand({
    known: async () => ({
      restore: () => undefined,
      goOn: async () => {
        opened += 1;
      },
    }),
  });
  await Promise.all(Array.from({ length: 1000 }, (_, state) => goOn(JSON.stringify({ panel: 'known', state }))));
  expect(opened).toBe(20);
});

test('a panel that is closed while its part is loaded isn’t restored', async () => {
  const serializers: { deserializeWebviewPanel(panel: unknown, state: unknown): Promise<void> }[] = [];
  Object.assign(window, { registerWebviewPanelSerializer: (_: string, one: never) => serializers.push(one) });
  const restored: unknown[] = [];
  let loaded = () => {};
  const isLoaded = new Promise<void>((resolve) => {
    loaded = resolve;
  });
  registerPanels({
    known: () => isLoaded.then(() => ({ restore: (panel) => void restored.push(panel), goOn: async () => undefined })),
  });
  const [closed, open] = [new FakePanel(), new FakePanel()];
  const done = [closed, open].map((panel) => serializers[0]?.deserializeWebviewPanel(panel, {}));
  closed.dispose();
  loaded();
  await Promise.all(done);
  expect(restored).toEqual([open]);
});
