// Messages about the table that break a limit, as a compromised page may send them.
import { expect, test } from 'vitest';
import { InspectorBench, serveNoting, statusOf } from '../../../support/inspector/inspectors';
import { eventually } from '../../../support/servers/testServer';

test('rows with too many columns or too long a path, layouts and filters that are too large are ignored', async () => {
  const bench = new InspectorBench();
  const { url } = await serveNoting();
  const panel = await bench.inspect(url);
  await statusOf(panel, ({ state }) => state !== 'connecting');
  const count = () => panel.posted.filter(({ type }) => type === 'rows').length;
  const rows = { type: 'rows', generation: 0, from: 0, to: 1 };
  const path = (length: number) => 'x'.repeat(length);
  const bad = [
    { ...rows, columns: Array.from({ length: 7 }, (_, at) => `a${at}`) },
    { ...rows, columns: [path(201)] },
    { type: 'keepLayout', layout: { columns: [], widths: [['a', 1e9]] } },
    { type: 'keepLayout', layout: { columns: [], widths: Array.from({ length: 21 }, () => ['a', 100]) } },
    { type: 'filter', text: '', isRegExp: false, event: '', hidden: Array.from({ length: 21 }, () => 'a') },
  ];
  for (const message of bad) panel.say(message as never);
  panel.say({ ...rows, columns: [path(200), 'b', 'c', 'd', 'e', 'f'] } as never);
  await eventually(() => count() > 0);
  expect(count()).toBe(1);
});
