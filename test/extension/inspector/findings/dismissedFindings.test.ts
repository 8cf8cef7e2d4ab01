// Explanations that the user doesn't want to see again for a URL.
import { expect, test } from 'vitest';
import { DismissedFindings } from '../../../../src/extension/inspector/findings/dismissedFindings';
import { FakeMemory } from '../../../support/vscode/memory';

const URL = 'https://h.example/events';
const numbered = (count: number) => Array.from({ length: count }, (_, at) => `id-${at}`);

test('what is dismissed stays so over a reload, once each, for the URL whatever its query', async () => {
  const memory = new FakeMemory();
  const dismissed = new DismissedFindings(memory);
  for (const id of ['no-ids', 'cors', 'no-ids']) await dismissed.add(`${URL}?n=1`, id);
  const reloaded = new DismissedFindings(new FakeMemory(memory.values));
  expect(reloaded.of(`${URL}?n=2#end`)).toEqual(['no-ids', 'cors']);
  expect(reloaded.of('https://h.example/other')).toEqual([]);
});

test('all of a URL are shown again, and those of others are not', async () => {
  const dismissed = new DismissedFindings(new FakeMemory());
  await dismissed.add(URL, 'cors');
  await dismissed.add('https://h.example/other', 'cors');
  await dismissed.restore(URL);
  expect([dismissed.of(URL), dismissed.of('https://h.example/other')]).toEqual([[], ['cors']]);
});

test('the latest 50 of a URL are remembered, and the 200 URLs that were used last', async () => {
  const dismissed = new DismissedFindings(new FakeMemory());
  for (const id of numbered(51)) await dismissed.add(URL, id);
  expect(dismissed.of(URL)).toEqual(numbered(51).slice(1));
  for (let at = 0; at < 199; at += 1) await dismissed.add(`https://h.example/${at}`, 'cors');
  expect(dismissed.of(URL)).toHaveLength(50);
  await dismissed.add('https://h.example/more', 'cors');
  expect(dismissed.of(URL)).toEqual([]);
});

test.each([
  ['no list', 'x'],
  ['a list of something else', [1]],
  ['a URL without ids', [[URL]]],
  ['ids that are no texts', [[URL, [7]]]],
])('%s in VS Code’s memory counts as nothing, and is replaced', async (_, stored) => {
  const dismissed = new DismissedFindings(new FakeMemory(new Map([['sseCounter.dismissedFindings', stored]])));
  expect(dismissed.of(URL)).toEqual([]);
  await dismissed.add(URL, 'cors');
  expect(dismissed.of(URL)).toEqual(['cors']);
});
