// JSON lines, and JSON text sequences (RFC 7464).
import { expect, test } from 'vitest';
import { LineParser } from '../../../src/stream/lines/parseLines';
import { contentOf } from '../../../src/stream/lines/recordSplitter';
import type { IncomingEvent, ParserOptions } from '../../../src/stream/parse';

/** Returns the events of a stream that comes in chunks, and ends. */
function eventsOf(chunks: Uint8Array[], options: ParserOptions = {}): IncomingEvent[] {
  const events: IncomingEvent[] = [];
  const parser = new LineParser((event) => events.push(event), options);
  for (const chunk of chunks) {
    // A chunk isn't retained: its buffer may be used again.
    const given = Uint8Array.from(chunk);
    parser.feed(given);
    given.fill(0x78);
  }
  parser.end();
  return events;
}

const dataOf = (text: string) => eventsOf([Buffer.from(text)]).map(({ data }) => data);

test.each([
  ['each line is an event', '{"a":1}\n{"b":2}\n', ['{"a":1}', '{"b":2}']],
  ['a last line needs no end', '{"a":1}\n{"b":2}', ['{"a":1}', '{"b":2}']],
  ['CR LF ends a line, too', '1\r\n2\r\n', ['1', '2']],
  ['a lone CR is white space of JSON', '[1,\r2]\n\r3\n4\r', ['[1,\r2]', '\r3', '4']],
  ['empty lines, which keep a connection alive, are no events', '\n\r\n1\n\n\r\n2\n\n', ['1', '2']],
  ['a line needn’t be JSON, and its blanks belong to it', ' plain \n\t\n: x\n', [' plain ', '\t', ': x']],
  ['a byte order mark is left out at the beginning only', '\ufeff1\n\ufeff2\n', ['1', '\ufeff2']],
  ['characters of several bytes are whole', '"…𝄞"\n', ['"…𝄞"']],
  ['a record separator begins an event', '\x1e{"a":1}\n\x1e2\n', ['{"a":1}', '2']],
  [
    'behind one, line ends within brackets belong to the event, as jq --seq writes it',
    '\x1e{\n  "a": [\r\n    "}\\"{"\n  ]\n}\n\x1e[\n]\n',
    ['{\n  "a": [\r\n    "}\\"{"\n  ]\n}', '[\n]'],
  ],
  ['an event that was cut off ends at the next separator', '\x1e{"a":\n\x1e{"b":2}\n', ['{"a":', '{"b":2}']],
  ['a string that was cut off doesn’t hide the brackets behind it', '\x1e{"a\n}\n\x1e1\n', ['{"a\n}', '1']],
  ['separators alone are no events', '\x1e\x1e\n\x1e1\n\x1e', ['1']],
  ['without line ends, separators are enough', '\x1e1\x1e{"a":2}\x1e3', ['1', '{"a":2}', '3']],
])('%s', (_, text, data) => {
  expect(dataOf(text)).toEqual(data);
});

test('however a stream is cut into chunks, its events are the same, and so are their positions', () => {
  const text = '\ufeff\n{"a":"…"}\r\n\r\n\rx\n\x1e{\r\n"b":\n\n[2]}\r\n\x1e{"c\x1e\x1e3\r\x1e[\n\r\x1e𝄞\n4\r';
  const bytes = Buffer.from(text);
  const whole = eventsOf([bytes], { start: 7 });
  expect(whole.map(({ data }) => data)).toEqual(['{"a":"…"}', '\rx', '{\r\n"b":\n\n[2]}', '{"c', '3', '[\n', '𝄞', '4']);
  for (let at = 0; at <= bytes.length; at += 1) {
    for (let next = at; next <= bytes.length; next += 1) {
      const chunks = [bytes.subarray(0, at), bytes.subarray(at, next), bytes.subarray(next)];
      expect(eventsOf(chunks, { start: 7 })).toEqual(whole);
    }
  }
  const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
  expect(eventsOf(single, { start: 7 })).toEqual(whole);
});

test('an event’s range holds its data between separator and line end, and nothing of other events', () => {
  const bytes = Buffer.from(
    '\ufeff\n{"a":"…"}\r\n\r\n\rx\n\x1e{\r\n"b":\n[2]}\r\n\x1e{"c\x1e3\r\x1e[\n\r\x1e[\r\n\x1e5\n4',
  );
  let last = 0;
  for (const { start, end, data, fieldsStart } of eventsOf([bytes])) {
    expect(start).toBeGreaterThanOrEqual(last);
    last = end;
    const block = bytes.subarray(start, end);
    const [from, to] = contentOf({
      first: block[0] ?? 0,
      last: block.at(-1) ?? 0,
      beforeLast: block.at(-2) ?? 0,
      size: block.length,
    });
    expect([fieldsStart, block.subarray(from, to).toString()]).toEqual([start, data]);
    // Read alone, it is the same event.
    expect(eventsOf([block], { continues: true, start })).toMatchObject([{ data, start, end }]);
  }
  expect(last).toBe(bytes.length);
});

test('events have the default type, no id, and the last one of the streams before', () => {
  expect(eventsOf([Buffer.from('1\n')], { lastEventId: '7' })).toEqual([
    { data: '1', event: 'message', id: undefined, lastEventId: '7', start: 0, fieldsStart: 0, end: 2, omitted: 0 },
  ]);
});

test('an incomplete line is unfinished until its end, an empty one never', () => {
  const parser = new LineParser(() => {});
  const states: (number | undefined)[] = [];
  for (const chunk of ['\n', '\r', '\n', '{', '}', '\r', '\n', '\x1e', '1', '\n']) {
    parser.feed(Buffer.from(chunk));
    states.push(parser.unfinishedFrom);
  }
  expect(states).toEqual([undefined, undefined, undefined, 3, 3, 3, undefined, undefined, 7, undefined]);
  expect([parser.blockStart, parser.fieldsStart]).toEqual([10, undefined]);
});

test.each([
  [[8], 0],
  [[7], 0],
  [[6], 1],
  [[6, 1], 1],
])('of a line that is larger than the limit, the rest is omitted and counted (%j)', (sizes, omitted) => {
  const [limit = 0, step = 100] = sizes;
  const bytes = Buffer.from('1234567\r\n8\n');
  const chunks = Array.from({ length: Math.ceil(bytes.length / step) }, (_, n) =>
    bytes.subarray(n * step, (n + 1) * step),
  );
  expect(eventsOf(chunks, { maxEventSize: limit })).toMatchObject([
    { data: '1234567'.slice(0, limit), omitted, start: 0, end: 9 },
    { data: '8', omitted: 0 },
  ]);
});

test('100,000 lines in chunks of 64 KB are all there', () => {
  const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, n) => `{"n":${n}}\n`).join(''));
  const chunks: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; from += 65_536) chunks.push(bytes.subarray(from, from + 65_536));
  const events = eventsOf(chunks);
  expect([events.length, events[99_999]?.data, events[99_999]?.end]).toEqual([100_000, '{"n":99999}', bytes.length]);
});

test('lines of 5 MB are whole, in chunks of 16 KB', () => {
  const text = JSON.stringify({ text: 'ä'.repeat(2.5 * 1024 * 1024) });
  const bytes = Buffer.from(`${text}\n${text}\n`);
  const chunks: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; from += 16_384) chunks.push(bytes.subarray(from, from + 16_384));
  const data = eventsOf(chunks).map((event) => event.data === text);
  expect(data).toEqual([true, true]);
});

test('of a line larger than maxTextSize, the beginning is decoded', () => {
  const events = eventsOf([Buffer.from('"1234567"\n"1"\n')], { maxEventSize: 100, maxTextSize: 8 });
  expect(events.map(({ data, omitted, isCut }) => [data, omitted, isCut])).toEqual([
    ['"1234567', 0, true],
    ['"1"', 0, undefined],
  ]);
});
