import { expect, test } from 'vitest';
import { encodeEvent, encodeRetry, KEEP_ALIVE } from '../../src/sse/encode';
import { EventStreamParser, type IncomingEvent } from '../../src/sse/parse';

function parse(...chunks: string[]): IncomingEvent[] {
  const events: IncomingEvent[] = [];
  const parser = new EventStreamParser((event) => events.push(event));
  for (const chunk of chunks) parser.feed(chunk);
  return events;
}

const data = (...chunks: string[]) => parse(...chunks).map((event) => event.data);

test('an event is a block of fields, ended by a blank line', () => {
  expect(parse('data: a\n\n')).toEqual([{ data: 'a', event: 'message', lastEventId: '' }]);
  expect(parse('event: e\nid: 7\ndata: a\n\n')).toEqual([{ data: 'a', event: 'e', lastEventId: '7' }]);
});

test('lines end with LF, CRLF or CR', () => {
  expect(data('data: a\ndata: b\n\n')).toEqual(['a\nb']);
  expect(data('data: a\r\ndata: b\r\n\r\n')).toEqual(['a\nb']);
  expect(data('data: a\rdata: b\r\r')).toEqual(['a\nb']);
});

test('wherever the pieces are cut, the events are the same', () => {
  const stream = ':\r\ndata: a\r\ndata: b\r\n\r\nevent: x\rdata\r\rid: 1\n\ndata:c\n\n';
  const whole = parse(stream);
  expect(whole).toHaveLength(3);
  for (let at = 0; at <= stream.length; at += 1) expect(parse(stream.slice(0, at), stream.slice(at))).toEqual(whole);
  expect(parse(...stream)).toEqual(whole);
});

test('one space after the colon is not of the value', () => {
  expect(data('data:a\n\n', 'data: a\n\n', 'data:  a\n\n')).toEqual(['a', 'a', ' a']);
});

test('a line without a colon is a field with an empty value', () => {
  expect(data('data\n\n', 'data\ndata\n\n')).toEqual(['', '\n']);
});

test('comments and fields of another name are ignored', () => {
  expect(data(': data: a\nDATA: b\ndata : c\nretry: 5\ndata: d\n\n')).toEqual(['d']);
});

test('a block without data is no event; its id persists, its type doesn’t', () => {
  expect(parse('id: 5\nevent: e\n\ndata: a\n\n')).toEqual([{ data: 'a', event: 'message', lastEventId: '5' }]);
});

test('an id with NUL is ignored, an empty one resets', () => {
  expect(parse('id: 5\nid: 6\0\ndata: a\n\n')[0]?.lastEventId).toBe('5');
  expect(parse('id: 5\ndata: a\n\nid\ndata: b\n\n')[1]?.lastEventId).toBe('');
});

test('an event that the stream ends in is dropped', () => {
  expect(data('data: a\n\ndata: b\n')).toEqual(['a']);
});

test('what the encoder writes comes out as it went in', () => {
  const event = { data: 'one\ntwo\n\n: three', event: 'e', id: '7' };
  const stream = encodeRetry(5) + KEEP_ALIVE + encodeEvent(event) + KEEP_ALIVE;
  expect(parse(stream)).toEqual([{ data: event.data, event: 'e', lastEventId: '7' }]);
});
