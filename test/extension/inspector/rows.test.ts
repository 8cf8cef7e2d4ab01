// Rows that the page requests, and the time of the host that they take.
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { InspectorPanel } from '../../../src/extension/inspector/inspectorPanel';
import { InspectorPresenter } from '../../../src/extension/inspector/inspectorPresenter';
import type { RequestSecrets } from '../../../src/extension/inspector/stored/requestSecrets';
import type { ToInspectorPage } from '../../../src/messages/inspector';
import { Turns } from '../../../src/turns/turns';
import { streamByHand } from '../../support/client/recordedByHand';
import { eventually } from '../../support/servers/testServer';

async function pageOf(count: number, block: (number: number) => string) {
  const { inspection, write } = await streamByHand();
  for (let number = 1; number <= count; number += 1) write(block(number));
  await eventually(() => inspection.history.count === count);
  const posted: ToInspectorPage[] = [];
  const panel = { visible: true, post: (message: ToInspectorPage) => posted.push(message) };
  const page = new InspectorPresenter({
    panel: panel as unknown as InspectorPanel,
    inspection,
    turns: new Turns(),
    secrets: { of: async () => [] } as unknown as RequestSecrets,
    requests: { outcome: {} },
  });
  const ask = () => page.handle({ type: 'rows', generation: inspection.view.generation, from: 0, to: count });
  const answers = () => posted.flatMap((message) => (message.type === 'rows' ? [message] : []));
  return { inspection, ask, answers };
}

/** An event just small enough that its preview isn't cached, and slow to read. */
const SLOW = `data\n${'a\n'.repeat(4080)}\n`;

test('500 rows of events that are slow to read are read in turns, and sent at once', async () => {
  const { ask, answers } = await pageOf(500, () => SLOW);
  let isOver = false;
  const asked = ask().then(() => {
    isOver = true;
  });
  const [begun, gos] = [process.cpuUsage(), [] as number[]];
  for (let before = begun; !isOver; ) {
    await setImmediate();
    const now = process.cpuUsage();
    gos.push((now.user + now.system - before.user - before.system) / 1000);
    before = now;
  }
  await asked;
  expect(answers()).toMatchObject([{ from: 0 }]);
  expect(answers()[0]?.rows.map(({ number }) => number)).toEqual(Array.from({ length: 500 }, (_, at) => at + 1));
  // A turn takes 10 ms; before, it was all done in one go.
  const all = gos.reduce((sum, go) => sum + go, 0);
  expect(Math.max(...gos)).toBeLessThan(all / 3);
});

test('rows that are evicted while they are read are left out, and the others keep their positions', async () => {
  const { ask, answers, inspection } = await pageOf(100, (number) => `id: ${number}\n${SLOW}`);
  const { view } = inspection;
  const at = view.at.bind(view);
  let reads = 0;
  view.at = (row) => {
    reads += 1;
    // As if by eviction.
    if (reads === 30) inspection.clear();
    return at(row);
  };
  await ask();
  expect(answers()).toMatchObject([{ from: 100, rows: [] }]);
});

test('rows of a previous filter are not sent', async () => {
  const { ask, answers, inspection } = await pageOf(100, () => SLOW);
  const asked = ask();
  inspection.view.filter({ event: 'other', text: '', isRegExp: false });
  await asked;
  expect(answers()).toEqual([]);
});
