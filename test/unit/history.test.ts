import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { History } from '../../src/inspector/history';
import { type EventFilter, HistoryView } from '../../src/inspector/historyView';
import { EventStreamParser, type IncomingEvent } from '../../src/sse/parse';

/** Feeds the stream to the history as a subscription does, each event a second after the one before. */
function record(history: History, stream: string): void {
  const onEvent = (event: IncomingEvent) => history.addEvent(event, (history.count + 1) * 1000);
  const parser = new EventStreamParser(onEvent, { start: history.bytes.size });
  history.addBytes(Buffer.from(stream));
  parser.feed(Buffer.from(stream));
}

function historyOf(stream: string, limits = {}): History {
  const history = new History(limits);
  record(history, stream);
  return history;
}

const numbers = (view: HistoryView) => Array.from({ length: view.rows }, (_, row) => view.at(row)?.number);
const ALL: EventFilter = { event: '', text: '', isRegExp: false };

test('an event is kept with its number, time, gap and place; its data stands in the bytes', () => {
  const history = historyOf(': hi\nid: 7\nevent: e\ndata: one\ndata: two\n\ndata: three\n\n');
  const first = history.get(1);
  expect(first).toMatchObject({ number: 1, time: 1000, gap: undefined, event: 'e', id: '7', start: 0, leftOut: 0 });
  expect(first && history.data(first)).toBe('one\ntwo');
  expect(first && history.preview(first)).toBe('one two');
  expect(history.get(2)).toMatchObject({ gap: 1000, event: 'message', id: undefined });
  expect(history.get(3)).toBeUndefined();
});

test('more events than may be: the oldest are dropped, and counted', () => {
  const history = historyOf('data: x\n\n'.repeat(25), { maxEvents: 10 });
  expect(history).toMatchObject({ count: 25, first: 16, dropped: 15 });
  expect(history.get(15)).toBeUndefined();
  expect(history.get(16)?.number).toBe(16);
});

test('the bytes of events that were dropped go with them', () => {
  const history = new History({ maxEvents: 10 });
  for (let n = 0; n < 100; n += 1) record(history, `data: ${'x'.repeat(64 * 1024)}\n\n`);
  expect(history.bytes.size - history.bytes.start).toBeLessThan(12 * 65 * 1024);
});

test('more bytes than may be: events whose bytes are gone go with them', () => {
  const history = new History({ maxBytes: 1024 * 1024 });
  for (let n = 0; n < 400; n += 1) record(history, `data: ${'x'.repeat(10_000)}${n}\n\n`);
  expect(history.count).toBe(400);
  expect(history.first).toBeGreaterThan(280);
  const oldest = history.get(history.first);
  expect(oldest && history.data(oldest).endsWith(String(history.first - 1))).toBe(true);
});

test('after a clear the numbers go on, and nothing counts as dropped', () => {
  const history = historyOf('data: a\n\n');
  history.clear();
  record(history, 'data: b\n\n');
  expect(history).toMatchObject({ count: 2, first: 2, dropped: 0 });
  const event = history.get(2);
  expect(event && history.data(event)).toBe('b');
});

test('a large event’s row is short', () => {
  const history = historyOf(`data: ${'word '.repeat(100_000)}\n\n`);
  const event = history.get(1);
  expect(event && history.preview(event)).toHaveLength(400);
});

test('without a filter each event has its row', () => {
  const view = new HistoryView(historyOf('data: a\n\n'.repeat(3)), () => {});
  expect(numbers(view)).toEqual([1, 2, 3]);
});

test('a filter lets through what has the text in data, event or id, without regard to case; then what comes', async () => {
  const history = historyOf('data: Alpha\n\ndata: b\n\nevent: alphabet\ndata: c\n\nid: ALPHA\ndata: d\n\n');
  const view = new HistoryView(history, () => {});
  view.filter({ ...ALL, text: 'alpha' });
  expect(numbers(view)).toEqual([1, 3, 4]);
  record(history, 'data: no\n\ndata: alpha\n\n');
  view.update();
  expect(numbers(view)).toEqual([1, 3, 4, 6]);
  view.filter({ ...ALL, event: 'alphabet' });
  expect(numbers(view)).toEqual([3]);
  view.filter(ALL);
  expect(numbers(view)).toEqual([1, 2, 3, 4, 5, 6]);
  await setImmediate();
});

test('a regular expression is one; a text isn’t; what is none is an error, and the filter before stays', () => {
  const view = new HistoryView(historyOf('data: a.b\n\ndata: axb\n\n'), () => {});
  view.filter({ ...ALL, text: 'a.b' });
  expect(numbers(view)).toEqual([1]);
  view.filter({ ...ALL, text: '^a.b$', isRegExp: true });
  expect(numbers(view)).toEqual([1, 2]);
  expect(() => view.filter({ ...ALL, text: '(', isRegExp: true })).toThrow(SyntaxError);
  expect(numbers(view)).toEqual([1, 2]);
});

test('a hundred thousand events are searched in slices, and none is missed', async () => {
  const history = historyOf(Array.from({ length: 100_000 }, (_, n) => `data: ${n}\n\n`).join(''));
  const view = new HistoryView(history, () => {});
  view.filter({ ...ALL, text: '7$', isRegExp: true });
  expect(view.searching).toBe(true);
  while (view.searching) await setImmediate();
  expect(view.rows).toBe(10_000);
  expect(view.at(9999)?.number).toBe(99_998);
});

test('a pause holds back what comes, the record goes on; then all is there', () => {
  const history = historyOf('data: a\n\n');
  const view = new HistoryView(history, () => {});
  view.pause(true);
  record(history, 'data: b\n\n'.repeat(4));
  view.update();
  expect([view.rows, view.held, history.count]).toEqual([1, 4, 5]);
  view.pause(false);
  expect([view.rows, view.held]).toEqual([5, 0]);
});

test('rows that are lost are counted, by what the filter lets through; another filter makes another generation', () => {
  const history = historyOf('data: a\n\ndata: b\n\n'.repeat(5), { maxEvents: 12 });
  const view = new HistoryView(history, () => {});
  const before = view.generation;
  record(history, 'data: b\n\n'.repeat(6));
  expect([view.lost, view.at(0)?.number, view.generation]).toEqual([4, 5, before]);
  view.filter({ ...ALL, text: 'a' });
  expect(view.generation).not.toBe(before);
  const lost = view.lost;
  record(history, 'data: b\n\n'.repeat(2));
  expect([view.lost - lost, view.at(0)?.number]).toEqual([1, 7]);
});
