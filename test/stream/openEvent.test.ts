// The event that a stream ends in: clients discard it, so that it is offered apart from the others.
import { expect, test } from 'vitest';
import { LineParser } from '../../src/stream/lines/parseLines';
import { newParser } from '../../src/stream/newParser';
import { EventStreamParser, type IncomingEvent } from '../../src/stream/parse';

const bytes = (text: string) => new TextEncoder().encode(text);

/** Returns the open event of a stream that comes byte by byte. */
function openIn(text: string, format: 'events' | 'lines' = 'events'): IncomingEvent | undefined {
  const parser = newParser(format, () => undefined, { start: 100 });
  for (const byte of bytes(text)) parser.feed(Uint8Array.of(byte));
  return parser.openEvent();
}

test.each([
  [
    'no blank line',
    'data: a\n\nid: 7\nevent: x\ndata: b\n',
    { data: 'b', event: 'x', id: '7', lastEventId: '7', start: 109 },
  ],
  ['no line end either', 'data: a\n\ndata: b\ndata: c', { data: 'b\nc', event: 'message', start: 109 }],
  ['a lone CR', 'data: b\r', { data: 'b' }],
  ['a character that isn’t whole', 'data: b\u00e9'.slice(0, -1), { data: 'b' }],
  ['a comment behind it', 'data: b\n: still here', { data: 'b' }],
  ['a byte order mark', '\ufeffdata: b', { data: 'b' }],
])('an event with %s is the one in progress', (_, text, expected) => {
  expect(openIn(text)).toMatchObject(expected);
});

test.each([
  ['ends behind an event', 'data: a\n\n'],
  ['is empty', ''],
  ['ends in a field without data', 'id: 7\nevent: x\n'],
  ['ends in a comment', 'data: a\n\n: b'],
  ['ends in half of a name', 'data: a\n\ndat'],
])('a stream that %s has none', (_, text) => {
  expect(openIn(text)).toBeUndefined();
});

test('it is given to nobody else, and has no effects', () => {
  const told: unknown[] = [];
  const parser = new EventStreamParser((event) => told.push(event), {
    onNote: (note) => told.push(note),
    onRetry: (time) => told.push(time),
  });
  parser.feed(bytes('data: b\nretry: 5'));
  expect([parser.openEvent()?.data, told, parser.lastEventId]).toEqual(['b', [], '']);
});

test('it is no larger than any event, and tells what was left out', () => {
  const parser = new EventStreamParser(() => undefined, { maxEventSize: 10 });
  parser.feed(bytes(`data: ${'b'.repeat(100)}`));
  expect(parser.openEvent()).toMatchObject({ data: 'bbbb', omitted: 96 });
});

test('a JSON line is open until its end comes, and is read as such a line', () => {
  expect(openIn('{"a":1}\n{"b":', 'lines')).toMatchObject({ data: '{"b":', event: 'message', start: 108, end: 113 });
  expect(openIn('{"a":1}\n', 'lines')).toBeUndefined();
  expect(openIn('\u001e{"a":\n1', 'lines')).toMatchObject({ data: '{"a":\n1' });
  const lines: string[] = [];
  const parser = new LineParser(({ data }) => lines.push(data));
  parser.feed(bytes('1\n2'));
  expect([parser.openEvent()?.data, lines]).toEqual(['2', ['1']]);
});
