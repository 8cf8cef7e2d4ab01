import { expect, test } from 'vitest';
import { LinesAsEvents } from '../../../src/stream/lines/linesAsEvents';
import { LineParser } from '../../../src/stream/lines/parseLines';
import { EventStreamParser } from '../../../src/stream/parse';

/** Writes a stream that comes in chunks as an event stream, without the end of its last line. */
function written(chunks: Uint8Array[], encoder = new LinesAsEvents()): string {
  return Buffer.concat(chunks.map((chunk) => Buffer.from(encoder.encode(chunk)))).toString();
}

test('each line is the data of an event, and what has come of an incomplete one is there', () => {
  const encoder = new LinesAsEvents();
  expect(written([Buffer.from('\ufeff{"a":1}\r\n\n{"b')], encoder)).toBe('data: {"a":1}\n\ndata: {"b');
  expect(written([Buffer.from('":2}')], encoder)).toBe('":2}');
  expect(Buffer.from(encoder.end()).toString()).toBe('\n\n');
  expect(encoder.end()).toHaveLength(0);
});

test('a CR, and the line ends of a record of several lines, begin another line of data', () => {
  expect(written([Buffer.from('a\rb\n\x1e{\n"c":\r\n1}\n')])).toBe(
    'data: a\ndata: b\n\ndata: {\ndata: "c":\ndata: 1}\n\n',
  );
});

test('however it is cut into chunks, the events have the data of the lines', () => {
  const bytes = Buffer.from('\ufeff\n{"a":"…"}\r\n\r\n: x\n:@ drop\n\x1e{\n"b":\n\n[2]}\n\x1e{"c\x1e3\n𝄞\n data: 4');
  const lines: string[] = [];
  const parser = new LineParser(({ data }) => lines.push(data));
  parser.feed(bytes);
  parser.end();
  for (let at = 0; at <= bytes.length; at += 1) {
    const encoder = new LinesAsEvents();
    const text = written([bytes.subarray(0, at), bytes.subarray(at)], encoder) + Buffer.from(encoder.end()).toString();
    const events: string[] = [];
    new EventStreamParser(({ data }) => events.push(data)).feed(Buffer.from(text));
    expect(events).toEqual(lines);
  }
});
