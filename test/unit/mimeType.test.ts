// The type of an answer is read as browsers read it (Fetch §2.2.2; values of WPT fetch/content-type).
import { expect, test } from 'vitest';
import { mimeTypeOf } from '../../src/inspector/mimeType';

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
