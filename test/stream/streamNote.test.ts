// Lines and blocks that make no event are noted, with their place and beginning.
import { expect, test } from 'vitest';
import { EventStreamParser } from '../../src/stream/parse';
import type { StreamNote } from '../../src/stream/streamNote';

/** Returns the notes on a stream that begins at offset 100. */
function notesOn(text: string): StreamNote[] {
  const notes: StreamNote[] = [];
  const parser = new EventStreamParser(() => undefined, { start: 100, onNote: (note) => notes.push(note) });
  parser.feed(new TextEncoder().encode(text));
  parser.end();
  return notes;
}

test.each<[string, StreamNote[]]>([
  [': a\n\n', [{ kind: 'comment', start: 100, text: '' }]],
  ['data: a\ndta: b\n\n', [{ kind: 'ignored', start: 108, text: 'dta: b' }]],
  ['Data\n', [{ kind: 'ignored', start: 100, text: 'Data' }]],
  ['retry: 30\n', [{ kind: 'retry', start: 100, text: '30' }]],
  ['retry: 3s\n', [{ kind: 'badRetry', start: 100, text: '3s' }]],
  ['retry\n', [{ kind: 'badRetry', start: 100, text: '' }]],
  ['id: a\0b\n', [{ kind: 'nulId', start: 100, text: 'a\0b' }]],
  ['data: a\n\nid\n', [{ kind: 'emptyId', start: 109, text: '' }]],
  ['data: a\n\nid: 1\nevent: x\n\n', [{ kind: 'withoutData', start: 109, text: 'x' }]],
  ['id: 1\n\nevent: x\ndata\n\n', []],
])('%j is noted as it is', (text, notes) => {
  expect(notesOn(text)).toEqual(notes);
});

test.each(['no field ', 'retry: ', 'event: '])('of a line “%s…” a note has 200 characters', (begin) => {
  const [note] = notesOn(`${begin}${'x'.repeat(300)}\n\n`);
  expect(note?.text.length).toBe(200);
});
