import { expect, test } from 'vitest';
import { History } from '../../../src/client/history/history';
import { EventStreamParser, type IncomingEvent } from '../../../src/stream/parse';
import { historyOf, record } from '../../support/client/recorded';

test('an event is kept with its number, time, gap and range; its data is in the bytes', () => {
  const history = historyOf(': hi\nid: 7\nevent: e\ndata: one\ndata: two\n\ndata: three\n\n');
  const first = history.get(1);
  expect(first).toMatchObject({ number: 1, time: 1000, gap: undefined, event: 'e', id: '7', start: 0, omitted: 0 });
  expect(first && history.data(first)).toBe('one\ntwo');
  expect(first && history.preview(first)).toBe('one two');
  expect(history.get(2)).toMatchObject({ gap: 1000, event: 'message', id: undefined });
  expect(history.get(3)).toBeUndefined();
});

test('the oldest events are evicted and counted when there are too many', () => {
  const history = historyOf('data: x\n\n'.repeat(25), { maxEvents: 10 });
  expect(history).toMatchObject({ count: 25, first: 16, evicted: 15 });
  expect(history.get(15)).toBeUndefined();
  expect(history.get(16)?.number).toBe(16);
});

test('the bytes of evicted events are evicted, too', () => {
  const history = new History({ maxEvents: 10 });
  for (let n = 0; n < 100; n += 1) record(history, `data: ${'x'.repeat(64 * 1024)}\n\n`);
  expect(history.bytes.size - history.bytes.start).toBeLessThan(12 * 65 * 1024);
});

test('events whose bytes are evicted are evicted, too', () => {
  const history = new History({ maxBytes: 1024 * 1024 });
  for (let n = 0; n < 400; n += 1) record(history, `data: ${'x'.repeat(10_000)}${n}\n\n`);
  expect(history.count).toBe(400);
  expect(history.first).toBeGreaterThan(280);
  const oldest = history.get(history.first);
  expect(oldest && history.data(oldest).endsWith(String(history.first - 1))).toBe(true);
});

test('after a clear the numbers go on, and nothing counts as evicted; there is no event before the first', () => {
  const history = historyOf('data: a\n\n');
  history.clear();
  record(history, 'data: b\n\n');
  expect(history).toMatchObject({ count: 2, first: 2, evicted: 0 });
  const event = history.get(2);
  expect(event && history.data(event)).toBe('b');
  expect(event?.gap).toBeUndefined();
  expect([history.cleared, history.bytesSinceClear]).toEqual([1, 9]);
});

test('comments before an event count as a part of it if they are short; otherwise it is read without them', () => {
  for (const [comment, start] of [
    [`: ${'c'.repeat(4000)}\n`, 0],
    [`: ${'c'.repeat(5_000_000)}\n`, 5_000_003],
  ] as const) {
    const history = historyOf(`${comment}data: found\n\n`);
    const event = history.get(1);
    expect(event?.start).toBe(start);
    expect(event && [history.preview(event), history.data(event, 64 * 1024)]).toEqual(['found', 'found']);
  }
});

test('an event is kept if only its comments were cleared or evicted', () => {
  for (const size of [1, 200_000]) {
    const history = new History({ maxBytes: 1024 });
    const parser = new EventStreamParser((event) => history.addEvent(event, 0));
    const pieces = [`: ${'c'.repeat(size)}`, '\n', 'data: a\n\n'].map((text) => Buffer.from(text));
    for (const piece of pieces) {
      history.addBytes(piece);
      parser.feed(piece);
      if (size === 1 && piece === pieces[1]) history.clear();
    }
    expect(history).toMatchObject({ count: 1, first: 1, evicted: 0 });
    expect(history.get(1)).toMatchObject({ data: 'a', start: size + 3 });
  }
});

test('a large event’s row is short', () => {
  const history = historyOf(`data: ${'word '.repeat(100_000)}\n\n`);
  const event = history.get(1);
  expect(event && history.preview(event)).toHaveLength(400);
});

test('an event is returned as it came, wherever the stream was split', () => {
  const stream = Buffer.from(
    '\ufeffdata: a\r\n\r\n: c\r\nevent: é\r\nid: 5\r\ndata: x\r\ndata: y\r\n\r\nid: 6\n\nid\ndata\n\n',
  );
  for (let cut = 1; cut < stream.length; cut += 1) {
    const history = new History();
    const came: IncomingEvent[] = [];
    const parser = new EventStreamParser((event) => {
      came.push(event);
      history.addEvent(event, 0);
    });
    for (const chunk of [stream.subarray(0, cut), stream.subarray(cut)]) {
      history.addBytes(chunk);
      parser.feed(chunk);
    }
    const kept = [1, 2, 3].map((number) => history.get(number));
    expect(kept).toMatchObject(came.map(({ event, id, data, start, end }) => ({ event, id, data, start, end })));
  }
});

test('while the oldest events are evicted one by one, each of those kept is complete, large or small', () => {
  const history = new History({ maxEvents: 7 });
  const data = (n: number) => `${'x'.repeat(n % 2 ? 20_000 : 10)}${n}`;
  for (let n = 1; n <= 50; n += 1) record(history, `event: e${n}\nid: ${n}\ndata: ${data(n)}\n\n`);
  for (let n = 44; n <= 50; n += 1) {
    const event = history.get(n);
    expect(event).toMatchObject({ number: n, time: n * 1000, gap: 1000, event: `e${n}`, id: String(n) });
    expect(event && history.data(event)).toBe(data(n));
  }
});

test('bytes that end no event evict the oldest events, too', () => {
  const history = historyOf('data: a\n\n', { maxBytes: 1024 });
  history.addBytes(Buffer.alloc(200_000, 'x'));
  expect(history).toMatchObject({ count: 1, first: 2, evicted: 1 });
  expect(history.get(1)).toBeUndefined();
});
