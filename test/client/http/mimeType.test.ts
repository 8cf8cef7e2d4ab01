// The media type of a response is read as by browsers (Fetch §2.2.2; values of WPT fetch/content-type).
import { expect, test } from 'vitest';
import { charsetOf, mimeTypeOf } from '../../../src/client/http/mimeType';

test.each<[string[], string]>([
  [['text/event-stream'], 'text/event-stream'],
  [['Text/Event-Stream; charset=utf-8'], 'text/event-stream'],
  [[' text/event-stream ;charset=utf-8'], 'text/event-stream'],
  [['text/event-stream;'], 'text/event-stream'],
  [['text/plain, text/event-stream'], 'text/event-stream'],
  [['text/plain', 'text/event-stream'], 'text/event-stream'],
  [['text/event-stream, text/plain'], 'text/plain'],
  [['text/event-stream, text/event-stream'], 'text/event-stream'],
  [['text/event-stream', '*/*'], 'text/event-stream'],
  [['text/event-stream, nonsense'], 'text/event-stream'],
  [['text/event-stream;a="b, text/plain"'], 'text/event-stream'],
  [['text/event-stream;a="b\\", text/plain"'], 'text/event-stream'],
  [['text/event-stream;a="b, text/plain'], 'text/event-stream'],
  [['text/html;", text/event-stream'], 'text/html'],
  [['text/event-stream charset=utf-8'], ''],
  [['text /event-stream'], ''],
  [['text/event-stream/x'], ''],
  [['text/'], ''],
  [['text/event-stream\u00a0'], ''],
  [['"a, text/event-stream'], ''],
  [['text/event-stream;a="b\\'], 'text/event-stream'],
  [[''], ''],
  [[], ''],
  [[','], ''],
])('%j is %j', (values, type) => {
  expect(mimeTypeOf(values)).toBe(type);
});

test.each<[string[], string | undefined]>([
  [['text/event-stream'], undefined],
  [['text/event-stream;charset=ISO-8859-1'], 'ISO-8859-1'],
  [['text/event-stream; x=y; CHARSET="utf-8" ;z'], 'utf-8'],
  [['text/event-stream; charset=a; charset=b'], 'a'],
  [['text/event-stream; charset="a'], 'a'],
  [['text/event-stream; xcharset=a'], undefined],
  // The charset of the same type before it stays.
  [['text/event-stream; charset=a', 'text/event-stream'], 'a'],
  [['text/html; charset=a', 'text/event-stream'], undefined],
  [['text/event-stream; charset=a, */*; charset=b'], 'a'],
])('the charset of %j is %j', (values, charset) => {
  expect(charsetOf(values)).toBe(charset);
});
