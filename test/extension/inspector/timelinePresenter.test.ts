// The timeline as the session sends it to the page that asks.
import { expect, test } from 'vitest';
import type { FromInspectorPage } from '../../../src/messages/inspector';
import { historyOf, inspectByHand } from '../../support/inspector/inspectByHand';
import { type InspectorPanel, latest } from '../../support/inspector/inspectors';
import { eventually } from '../../support/servers/testServer';

/** Asks as the page does, and resolves with the answer. */
async function ask(panel: InspectorPanel, width: number) {
  const isAnswer = ({ type }: { type: string }) => type === 'timeline';
  const before = panel.posted.filter(isAnswer).length;
  panel.say({ type: 'timeline', range: 'all', width });
  await eventually(() => panel.posted.filter(isAnswer).length > before);
  return latest(panel, 'timeline')?.view ?? expect.fail();
}

test('the page gets columns of the asked width, or the summary alone', async () => {
  const { panel } = await inspectByHand('data: a\n\ndata: b\n\n');
  const { picture } = await ask(panel, 600);
  expect([picture?.events.length, picture?.connections.length]).toEqual([600, 1]);
  expect((await ask(panel, 0)).picture).toBeUndefined();
});

test.each<[string, object]>([
  ['a width beyond the limit', { type: 'timeline', range: 'all', width: 2001 }],
  ['a width that is no number of columns', { type: 'timeline', range: 'all', width: 1.5 }],
  ['a range that there isn’t', { type: 'timeline', range: 'year', width: 10 }],
  ['a time that is no number', { type: 'jump', time: '1' }],
])('a message with %s isn’t answered', async (_name, message) => {
  const { panel } = await inspectByHand('data: a\n\n');
  await ask(panel, 10);
  panel.posted.length = 0;
  panel.say(message as FromInspectorPage);
  const { summary } = await ask(panel, 10);
  expect(summary.connections).toBe(1);
  expect(panel.posted.filter(({ type }) => type === 'timeline' || type === 'jumpTo')).toHaveLength(1);
});

test('a jump leads to the row of that time, by its position', async () => {
  const { panel } = await inspectByHand('data: a\n\ndata: b\n\n');
  panel.say({ type: 'jump', time: Date.now() });
  await eventually(() => latest(panel, 'jumpTo') !== undefined);
  expect(latest(panel, 'jumpTo')).toMatchObject({ place: 0 });
});

test('a jump waits until the search of all events is over', async () => {
  const { panel } = await inspectByHand(`${'data: a\n\n'.repeat(50_000)}data: b\n\n`);
  await eventually(() => historyOf(panel)?.events === 50_001);
  panel.say({ type: 'filter', text: 'b$', isRegExp: true, event: '' });
  panel.say({ type: 'jump', time: 0 });
  await eventually(() => latest(panel, 'jumpTo') !== undefined);
  await eventually(() => historyOf(panel)?.rows === 1);
  const { generation, evictedRows } = historyOf(panel) ?? expect.fail();
  expect(latest(panel, 'jumpTo')).toEqual({ type: 'jumpTo', generation, place: evictedRows });
});

test('of a hundred requests at once, the latest of each type is answered, so that a page out of control can’t stall the extension', async () => {
  const { panel } = await inspectByHand('data: a\n\n');
  await ask(panel, 10);
  panel.posted.length = 0;
  for (let width = 0; width < 100; width += 1) {
    panel.say({ type: 'timeline', range: 'all', width });
    panel.say({ type: 'jump', time: width });
  }
  await eventually(() => latest(panel, 'timeline')?.view.picture?.events.length === 99);
  await eventually(() => latest(panel, 'jumpTo') !== undefined);
  // The first one was begun already.
  expect(panel.posted.filter(({ type }) => type === 'timeline').length).toBeLessThanOrEqual(2);
  expect(panel.posted.filter(({ type }) => type === 'jumpTo').length).toBeLessThanOrEqual(2);
});

test('findings hang on the timeline at their times', async () => {
  const begun = Date.now();
  const { panel, write, streams } = await inspectByHand('data: a\n\n');
  write('data: half of an event');
  const { picture } = await ask(panel, 10);
  await eventually(() => (historyOf(panel)?.bytes ?? 0) > 20);
  streams.at(-1)?.destroy();
  const marks = () => latest(panel, 'timeline')?.marks ?? [];
  await eventually(() => {
    panel.say({ type: 'timeline', range: 'all', width: 10 });
    return marks().some(({ id }) => id === 'cut-in-an-event');
  });
  expect(picture?.from).toBeGreaterThanOrEqual(begun);
  expect(marks().every(({ at }) => at >= begun && at <= Date.now())).toBe(true);
});

test('a hidden page isn’t answered', async () => {
  const { panel } = await inspectByHand('data: a\n\n');
  await ask(panel, 10);
  panel.show(false);
  panel.posted.length = 0;
  panel.say({ type: 'timeline', range: 'all', width: 10 });
  panel.say({ type: 'jump', time: 0 });
  panel.show(true);
  await ask(panel, 10);
  expect(panel.posted.filter(({ type }) => type === 'timeline' || type === 'jumpTo')).toHaveLength(1);
});

test('the filter limits the rows to a time, too', async () => {
  const { panel } = await inspectByHand('data: a\n\n');
  const filter = { type: 'filter', text: '', isRegExp: false, event: '' } as const;
  const rowsAre = (count: number) =>
    eventually(() => panel.posted.some((message) => message.type === 'update' && rowsIn(message) === count));
  panel.posted.length = 0;
  panel.say({ ...filter, between: { from: 0, to: 1000 } });
  await rowsAre(0);
  panel.posted.length = 0;
  panel.say({ ...filter, between: { from: 0, to: Date.now() } });
  await rowsAre(1);
});

function rowsIn(message: { changes: readonly { type: string }[] }): number | undefined {
  const change = message.changes.find(({ type }) => type === 'history') as { history?: { rows: number } } | undefined;
  return change?.history?.rows;
}
