// A JSON path from a page that may be compromised: it is checked again.
import { expect, test } from 'vitest';
import { InspectorBench, latest, statusOf } from '../../../support/inspector/inspectors';
import { open, serveInTurn } from '../../../support/servers/streamServer';
import { eventually } from '../../../support/servers/testServer';

test('a path that can’t be read, or is longer than 1,000 characters, isn’t taken', async () => {
  const { url } = await serveInTurn(open('data: {"n":1}\n\n'));
  const panel = await new InspectorBench().inspect(url);
  await statusOf(panel, ({ state }) => state === 'open');
  const choose = (text: unknown) => panel.say({ type: 'choosePath', path: { text: text as string, isAppended: true } });
  for (const text of ['$.a[', '', '*', `$.${'a'.repeat(999)}`, `$${'.a'.repeat(101)}`, 5]) choose(text);
  panel.say({ type: 'choosePath', path: { text: 'n' } as never });
  const longest = `$.${'a'.repeat(998)}`;
  choose(longest);
  const choices = () =>
    panel.posted.flatMap((message) => (message.type === 'resultSummary' ? (message.summary.path?.text ?? []) : []));
  await eventually(() => choices().length > 0);
  expect([...new Set(choices())]).toEqual([longest]);
  expect(latest(panel, 'resultSummary')?.summary.choice).toBe('path');
});
