// A text is found in all that is kept of a stream, and in what comes.
import { expect, test } from 'vitest';
import { ExpressionError } from '../../../../src/client/history/filter/expression';
import { type FindQuery, MAX_FOUND, StreamFind } from '../../../../src/client/history/find/streamFind';
import { History } from '../../../../src/client/history/history';
import { HistoryView } from '../../../../src/client/history/historyView';
import { EventStreamParser } from '../../../../src/stream/parse';
import { eventually } from '../../../support/servers/testServer';

/** Returns a find in a history that receives text by `write`. */
function findIn({ maxEvents = 100_000, running = false } = {}) {
  const history = new History({ maxEvents });
  const view = new HistoryView(history, () => {});
  const parser = new EventStreamParser((event) => history.addEvent(event, 0), { continues: true });
  const write = (text: string) => {
    const bytes = Buffer.from(text);
    history.addBytes(bytes);
    parser.feed(bytes);
  };
  const slow: string[] = [];
  const find = new StreamFind({ history, view, running }, () => {});
  const start = (text: string, place: FindQuery['place'] = 'events', isRegExp = false) =>
    find.start({ text, place, isRegExp }, () => slow.push(text));
  // On a busy machine, even a few events take more than one slice of time.
  const settled = () => eventually(() => !view.searching && !find.searching);
  return { history, view, write, find, start, slow, settled };
}

const events = (count: number) => Array.from({ length: count }, (_, at) => `data: event ${at + 1}\n\n`).join('');

test('a text is found in data, type and ID of events, in whatever case', async () => {
  const { write, find, start, settled } = findIn();
  write('data: Tide\n\nevent: tide\ndata: 1\n\nid: TIDE\ndata: 2\n\ndata: ebb\n\n');
  start('tide');
  await settled();
  expect(find.found).toEqual([1, 2, 3]);
});

test('signs of a regular expression are plain text, unless it is one', async () => {
  const { write, find, start, settled } = findIn();
  write('data: a.c\n\ndata: abc\n\ndata: gap>1s\n\n');
  start('a.c');
  await settled();
  expect(find.found).toEqual([1]);
  start('a.c', 'events', true);
  await settled();
  expect(find.found).toEqual([1, 2]);
  start('gap>1s');
  await settled();
  expect(find.found).toEqual([3]);
});

test('all events are searched in slices, and those that come later, too', async () => {
  const { write, find, start } = findIn();
  write(events(50_000));
  start('event 4');
  expect(find.searching).toBe(true);
  await eventually(() => !find.searching);
  expect(find.found).toHaveLength(11_111);
  write('data: event 4 again\n\n');
  find.update();
  expect(find.found.at(-1)).toBe(50_001);
});

test('only rows that are shown match: of the filter, and before a pause', async () => {
  const { write, find, start, view, settled } = findIn();
  write('event: a\ndata: x\n\nevent: b\ndata: x\n\nevent: b\ndata: y\n\n');
  start('x');
  await settled();
  expect([find.found, find.placeOf(2)]).toEqual([[1, 2], 1]);
  view.filter({ event: 'b', text: '', isRegExp: false });
  await settled();
  find.update();
  await settled();
  expect([find.found, find.placeOf(2), find.numberAt(0)]).toEqual([[2], 0, 2]);
  view.pause(true);
  write('event: b\ndata: x\n\n');
  view.update();
  await settled();
  find.update();
  await settled();
  expect(find.found).toEqual([2]);
  view.pause(false);
  find.update();
  await settled();
  expect(find.found).toEqual([2, 4]);
});

test('a match that was evicted or cleared is gone, and the position of the others stays', async () => {
  const { write, find, start, history, settled } = findIn({ maxEvents: 10 });
  write(events(10));
  start('event');
  await settled();
  const place = find.placeOf(8);
  write(events(5));
  find.update();
  await settled();
  expect([find.found[0], find.found.length, find.placeOf(8), find.placeOf(5)]).toEqual([6, 10, place, undefined]);
  history.clear();
  find.update();
  await settled();
  expect(find.found).toEqual([]);
});

test('lines are found as they are shown, with fields and comments; the last one, once it can’t grow', async () => {
  const { write, find, start, settled } = findIn();
  write(': data\ndata: 1\n\ndata: \u0001');
  start('data', 'wire');
  await settled();
  expect([find.found, find.placeOf(1), find.numberAt(1)]).toEqual([[0, 1, 3], 1, 1]);
  start('\u2401', 'wire');
  await settled();
  expect(find.found).toEqual([3]);
  const growing = findIn({ running: true });
  growing.write('data: a\nda');
  growing.start('da', 'wire');
  await growing.settled();
  expect(growing.find.found).toEqual([0]);
});

test('no more than 100,000 matches are kept, of a million lines; then it says that there may be more', async () => {
  const { write, find, start } = findIn();
  write('a\n'.repeat(1_000_000));
  start('a', 'wire');
  await eventually(() => !find.searching);
  expect([find.found.length, find.isFull, find.found.at(-1)]).toEqual([MAX_FOUND, true, MAX_FOUND - 1]);
});

test('an expression that takes too long is given up and reported; an invalid or heavy one isn’t begun', async () => {
  const { write, find, start, slow } = findIn();
  for (let count = 0; count < 60; count += 1) write(`data: ${'a'.repeat(60)}!\n\n`);
  start('(a+)+$', 'events', true);
  await eventually(() => slow.length > 0);
  expect([find.query, find.found]).toEqual([undefined, []]);
  expect(() => start('(', 'events', true)).toThrow(SyntaxError);
  expect(() => start('(a?){30}'.repeat(10), 'events', true)).toThrow(ExpressionError);
  expect(find.query).toBeUndefined();
});

test('an empty text ends it, and so does close, twice', () => {
  const { write, find, start } = findIn();
  write(events(3));
  start('event');
  start('');
  expect([find.query, find.found]).toEqual([undefined, []]);
  start('event');
  find.close();
  find.close();
  find.update();
  expect(find.found).toEqual([]);
});
