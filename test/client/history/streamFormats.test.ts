import { expect, test } from 'vitest';
import { ByteLog } from '../../../src/client/history/byteLog';
import { eventFields } from '../../../src/client/history/eventFields';
import { History } from '../../../src/client/history/history';
import { StreamFormats } from '../../../src/client/history/streamFormats';
import { newParser } from '../../../src/stream/newParser';
import type { StreamFormat } from '../../../src/stream/streamParser';

test('each position has the format of its range, and is an event stream before the first', () => {
  const formats = new StreamFormats();
  formats.begin(5, 'events');
  formats.begin(7, 'lines');
  formats.begin(9, 'lines');
  formats.begin(11, 'events');
  const copy = formats.snapshot();
  // A connection of which nothing came has no range.
  formats.begin(11, 'lines');
  expect([0, 6, 7, 10, 11].map((at) => formats.at(at))).toEqual(['events', 'events', 'lines', 'lines', 'lines']);
  expect(copy.at(11)).toBe('events');
});

test('formats of evicted and cleared bytes are forgotten, that of the bytes to come isn’t', () => {
  const bytes = new ByteLog(1);
  for (let n = 0; n < 1000; n += 1) {
    bytes.begin(n % 2 === 0 ? 'lines' : 'events');
    bytes.append(new Uint8Array(64 * 1024));
  }
  const formats = new StreamFormats();
  formats.begin(10, 'lines');
  formats.begin(20, 'events');
  formats.dropBefore(20);
  // The range before is gone.
  expect(formats.at(15)).toBe('events');
  bytes.begin('lines');
  bytes.clear();
  expect([bytes.formatAt(bytes.size), bytes.snapshot().formatAt(bytes.size)]).toEqual(['lines', 'lines']);
});

/** Adds a stream to a history. */
function add(history: History, format: StreamFormat, text: string, maxEventSize?: number): void {
  const bytes = Buffer.from(text);
  history.bytes.begin(format);
  const parser = newParser(format, (event) => history.addEvent(event, 0), {
    start: history.bytes.size,
    ...(maxEventSize !== undefined && { maxEventSize }),
  });
  history.addBytes(bytes);
  parser.feed(bytes);
  parser.end();
}

test('events are read again from their bytes in the format in which they came', () => {
  const history = new History();
  add(history, 'events', 'id: 1\ndata: a\n\n');
  add(history, 'lines', '\ufeffdata: b\r\n\n\x1e{\n1}\n\x1e{"c\x1e\r\r');
  add(history, 'events', 'event: d\ndata: e\n\n');
  const { bytes, first, last, at } = history.snapshot();
  const fields: string[] = [];
  for (let number = first; number <= last; number += 1) {
    for (const span of eventFields(bytes, at(number)))
      if (span) fields.push(Buffer.from(bytes.slice(span.from, span.to)).toString());
  }
  const data = ['a', 'data: b', '{\n1}', '{"c', '\r', 'e'];
  expect(fields).toEqual(data);
  const events = [1, 2, 3, 4, 5, 6].map((number) => history.get(number));
  expect(events.map((event) => event && history.data(event))).toEqual(data);
  expect(events.map((event) => event?.id)).toEqual(['1', ...Array(5).fill(undefined)]);
});

test('of a line, at most the maximum is shown', () => {
  const history = new History();
  add(history, 'lines', '\x1e12345\n');
  const { bytes, at } = history.snapshot();
  expect([...eventFields(bytes, at(1), 4)]).toEqual([{ from: 1, to: 5 }]);
  const event = history.get(1);
  // Its data isn’t kept, as that of a large event.
  if (event) delete event.data;
  expect(event && history.data(event, 4)).toBe('123');
});
