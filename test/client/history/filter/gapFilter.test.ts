import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readGap } from '../../../../src/client/history/filter/gapFilter';
import { History } from '../../../../src/client/history/history';
import { type EventFilter, HistoryView } from '../../../../src/client/history/historyView';
import { EventStreamParser } from '../../../../src/stream/parse';

const ALL = { event: '', text: '', isRegExp: false };

/** Returns a view of events with the given data that came at the given times. */
function viewOf(events: [time: number, data: string][]): HistoryView {
  const history = new History();
  let now = 0;
  const parser = new EventStreamParser((event) => history.addEvent(event, now));
  for (const [time, data] of events) {
    now = time;
    const bytes = Buffer.from(`data: ${data}\n\n`);
    history.addBytes(bytes);
    parser.feed(bytes);
  }
  return new HistoryView(history, () => {});
}

/** Filters the events. Resolves when all have been searched: on a busy machine, that takes more than one slice of time. */
async function filter(view: HistoryView, wanted: Partial<EventFilter>): Promise<void> {
  view.filter({ ...ALL, ...wanted });
  while (view.searching) await setImmediate();
}

const numbers = (view: HistoryView) => Array.from({ length: view.rows }, (_, row) => view.at(row)?.number);

test.each([
  ['gap>1s', '', 1000],
  ['gap>500ms', '', 500],
  ['GAP>1.5S', '', 1500],
  ['gap>2min', '', 120_000],
  ['token gap>1s', 'token', 1000],
  ['a gap>1s b', 'a b', 1000],
  ['gap>1s gap>3s', '', 3000],
  ['gap>1', 'gap>1', undefined],
  ['gap>1second', 'gap>1second', undefined],
  ['thegap>1s', 'thegap>1s', undefined],
  ['  two  spaces ', '  two  spaces ', undefined],
])('the filter %j has the text %j and the gap %j', (filter, text, gap) => {
  expect(readGap(filter)).toEqual(gap === undefined ? { text } : { text, gap });
});

test('gap>1s shows the events after a longer gap, alone and with a text', async () => {
  const view = viewOf([
    [0, 'a'],
    [10, 'b'],
    [1010, 'c'],
    [3000, 'token'],
    [5000, 'd'],
  ]);
  await filter(view, { text: 'gap>1s' });
  expect(numbers(view)).toEqual([4, 5]);
  await filter(view, { text: 'gap>999ms' });
  expect(numbers(view)).toEqual([3, 4, 5]);
  await filter(view, { text: 'gap>1s TOKEN' });
  expect(numbers(view)).toEqual([4]);
});

test('an expression is taken as it is, so that it can find this text, too', async () => {
  const view = viewOf([
    [0, 'use gap>1s'],
    [5000, 'b'],
  ]);
  await filter(view, { text: 'gap>1s', isRegExp: true });
  expect(numbers(view)).toEqual([1]);
});

test('only events of a time are shown, together with the rest of the filter', async () => {
  const view = viewOf([
    [0, 'a'],
    [1000, 'b'],
    [2000, 'a'],
    [3000, 'a'],
  ]);
  await filter(view, { between: { from: 1000, to: 2000 } });
  expect(numbers(view)).toEqual([2, 3]);
  await filter(view, { text: 'a', between: { from: 1000, to: 2000 } });
  expect(numbers(view)).toEqual([3]);
});

test('the row nearest to a time is the first of those that came at once', async () => {
  const view = viewOf([
    [1000, 'a'],
    [1000, 'b'],
    [2000, 'c'],
    [5000, 'd'],
  ]);
  expect([0, 1400, 1600, 3000, 4000, 9000].map((time) => view.nearest(time))).toEqual([0, 0, 2, 2, 3, 3]);
  await filter(view, { text: 'd' });
  expect([view.nearest(0), view.numberAt(0), view.numberAt(1), view.numberAt(-1)]).toEqual([
    0,
    4,
    undefined,
    undefined,
  ]);
  await filter(view, { text: 'none' });
  expect(view.nearest(0)).toBeUndefined();
});

test('events within 5 ms of each other are of one burst', () => {
  const view = viewOf([
    [1000, 'a'],
    [1005, 'b'],
    [1010, 'c'],
    [1016, 'd'],
    [900, 'e'],
  ]);
  expect([0, 1, 2, 3, 4].map((row) => view.at(row)?.burst)).toEqual([1, 1, 1, 2, 2]);
});
