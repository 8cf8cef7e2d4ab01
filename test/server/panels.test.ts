// A request to go on in a new panel comes from a page, as JSON: anyone can have written it.
import { expect, test } from 'vitest';
import { goOn, type PanelKinds } from '../../src/editor/panels';
import { fake } from './vscode';

const told: unknown[] = [];
const kinds: PanelKinds = {
  known: async () => ({ restore: () => undefined, goOn: async (state) => void told.push(state) }),
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
  const error = await goOn(text, kinds).catch((error: unknown) => error);
  expect(String(error)).toMatch(/^\w*Error: \S+ .*\S$/);
  expect(String(error).length).toBeLessThan(200);
  expect([told, fake.panels]).toEqual([[], []]);
});
