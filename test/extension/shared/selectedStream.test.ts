// The context key by which a selection is offered to be inspected.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { window } from 'vscode';
import { SelectedStream } from '../../../src/extension/shared/selectedStream';
import { fake } from '../../support/vscode/index';

const KEY = 'sseCounter.streamSelected';
let lines: string[];
let selection: { isEmpty: boolean; start: object; end: object };
/** Numbers of the lines that were read. */
let read: number[];
let watched: SelectedStream;
const own = Object.getOwnPropertyDescriptor(window, 'activeTextEditor');

beforeEach(() => {
  vi.useFakeTimers();
  [lines, read] = [[], []];
  delete fake.contexts[KEY];
  const document = {
    get lineCount() {
      return lines.length;
    },
    lineAt: (line: number) => {
      read.push(line);
      if (line >= lines.length) throw new Error('Illegal value for `line`');
      return { text: lines[line] };
    },
  };
  const editor = () => ({ document, selection });
  Object.defineProperty(window, 'activeTextEditor', { get: () => lines.length > 0 && editor(), configurable: true });
  watched = new SelectedStream();
});

afterEach(() => {
  watched.dispose();
  Object.defineProperty(window, 'activeTextEditor', own ?? {});
  vi.useRealTimers();
});

/** Selects a part of lines, from the first one to the last one. */
function select(text: string, from = 0, to = Number.POSITIVE_INFINITY): void {
  lines = text.split('\n');
  const last = lines.length - 1;
  const character = Math.min(to, lines[last]?.length ?? 0);
  selection = { isEmpty: text === '', start: { line: 0, character: from }, end: { line: last, character } };
  fake.documents.selected.fire({});
  vi.runAllTimers();
}

test('the key is false at the start', () => {
  expect(fake.contexts[KEY]).toBe(false);
});

test('the key says whether the selection looks like a request, also within a line', () => {
  select('curl -N http://127.0.0.1:8080/event');
  expect(fake.contexts[KEY]).toBe(true);
  select('a word');
  expect(fake.contexts[KEY]).toBe(false);
  select('see http://a.test/events there', 4, 24);
  expect(fake.contexts[KEY]).toBe(true);
  select('');
  expect(fake.contexts[KEY]).toBe(false);
  select('# docs\ncurl \\\n  http://a.test/');
  expect(fake.contexts[KEY]).toBe(true);
  lines = [];
  fake.documents.selected.fire({});
  vi.runAllTimers();
  expect(fake.contexts[KEY]).toBe(false);
});

test('a selection that changes with each move of the mouse is examined once', () => {
  select('curl http://a.test/');
  read = [];
  for (let move = 0; move < 20; move += 1) fake.documents.selected.fire({});
  vi.runAllTimers();
  expect(read).toEqual([0]);
});

test('of a selection of a million lines, 100 are read, and of long ones fewer', () => {
  select('x\n'.repeat(1_000_000));
  expect(read).toHaveLength(100);
  read = [];
  select(`${'y'.repeat(100_000)}\n`.repeat(50));
  expect(read).toEqual([0]);
});

test('lines that were deleted, but are still selected as far as VS Code has told, aren’t read', () => {
  select('a\nb\nc\nhttp://a.test/', 0);
  lines = ['curl http://a.test/'];
  fake.documents.selected.fire({});
  vi.runAllTimers();
  expect(fake.contexts[KEY]).toBe(true);
});

test('after its disposal nothing is examined, and the key is false', () => {
  select('http://a.test/');
  fake.documents.selected.fire({});
  watched.dispose();
  watched.dispose();
  expect(fake.contexts[KEY]).toBe(false);
  vi.runAllTimers();
  expect([fake.contexts[KEY], fake.documents.selected.listenerCount]).toEqual([false, 0]);
});

test('of a line of megabytes, only the beginning is taken, also where the selection ends in it', () => {
  const sizes: number[] = [];
  const slice = vi.spyOn(String.prototype, 'slice').mockImplementation(function (this: string, from = 0, to) {
    const part = this.substring(from, to);
    sizes.push(part.length);
    return part;
  });
  select(`https://a.test/${'x'.repeat(5_000_000)}`);
  slice.mockRestore();
  expect(Math.max(...sizes)).toBeLessThan(5000);
});
