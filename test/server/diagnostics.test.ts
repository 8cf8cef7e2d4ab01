import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { Uri } from 'vscode';
import { Diagnostics } from '../../src/editor/diagnostics';
import type { Log } from '../../src/editor/log';
import { DiagnosticSeverity, EditedDocument, FakeDocuments } from './fakeDocuments';
import { FakeFiles } from './fakeFiles';
import { fake } from './vscode';

const FILE = '/folder/x.sse';
/** Longer than what is waited for when something was typed, in milliseconds. */
const QUIET = 301;

beforeEach(() => {
  Object.assign(fake, { documents: new FakeDocuments(), files: new FakeFiles() });
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function newDiagnostics() {
  const log: string[] = [];
  const info = (message: string) => void log.push(message);
  const diagnostics = new Diagnostics({ info } as unknown as Log);
  onTestFinished(() => diagnostics.dispose());
  return { diagnostics, log };
}

const newDocument = (text: string, languageId = 'sse', path = FILE) =>
  new EditedDocument(Uri.parse(path), languageId, text);

function opened(text: string, languageId?: string): EditedDocument {
  const document = newDocument(text, languageId);
  fake.documents.opened.fire(document);
  return document;
}

function type(document: EditedDocument, text: string): void {
  document.edit(text);
  fake.documents.changed.fire({ document });
}

/** Of each that is found, its code and place; undefined where nothing has been looked for. */
const found = (path = FILE) =>
  fake.documents.found
    .get(path)
    ?.map(({ code, range: { line, column, endColumn } }) => `${code} ${line}:${column}-${endColumn}`);

test('a document is checked at once when it is opened, and those that are open already', () => {
  fake.files.documents.push(
    newDocument('retry: x\n', 'sse', '/folder/open.sse'),
    newDocument('x', 'markdown', '/a.md'),
  );
  newDiagnostics();
  expect(found('/folder/open.sse')).toEqual(['badRetry 0:7-8']);
  expect(found('/a.md')).toBeUndefined();
  opened('data: é\n\n:@ pause 1s\n');
  expect(found()).toEqual(['direction 2:3-8']);
});

test('each tells what is wrong, how bad it is, and who says so', () => {
  newDiagnostics();
  opened(':@ wait 5\nfoo: bar\n');
  expect(fake.documents.found.get(FILE)).toMatchObject([
    { severity: DiagnosticSeverity.Error, source: 'SSE Counter', message: expect.stringContaining('“:@ wait 80ms”') },
    { severity: DiagnosticSeverity.Warning, source: 'SSE Counter', message: expect.stringContaining('“foo”') },
  ]);
});

test('what is missing marks its line', () => {
  newDiagnostics();
  opened('id: 1\ndata: abc\n');
  expect(found()).toEqual(['noBlankLine 1:0-9']);
  opened('retry:\n:@\n');
  expect(found()).toEqual(['badRetry 0:0-6', 'direction 1:0-2']);
});

test('it is checked again when nothing was typed for 300 ms', () => {
  newDiagnostics();
  const document = opened('data: a\n\n');
  expect(found()).toEqual([]);
  type(document, 'data: a\n');
  vi.advanceTimersByTime(299);
  type(document, 'data: a');
  vi.advanceTimersByTime(299);
  expect(found()).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(found()).toEqual(['noBlankLine 0:0-7']);
  type(document, 'data: a\n\n');
  vi.advanceTimersByTime(QUIET);
  expect(found()).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('other languages are left alone', () => {
  newDiagnostics();
  const document = opened('x', 'plaintext');
  type(document, 'y');
  vi.advanceTimersByTime(QUIET);
  expect(found()).toBeUndefined();
});

test('closed, nothing is shown of it, and nothing is found later', () => {
  newDiagnostics();
  const document = opened('x');
  type(document, 'y');
  fake.documents.closed.fire(document);
  expect(found()).toBeUndefined();
  vi.advanceTimersByTime(QUIET);
  expect(found()).toBeUndefined();
});

test('a document of more than 5 million characters isn’t checked, and the log says so', () => {
  const { log } = newDiagnostics();
  const document = opened('x');
  expect([found()?.length, log]).toEqual([1, []]);
  type(document, 'x'.repeat(5_000_001));
  vi.advanceTimersByTime(QUIET);
  expect(found()).toEqual([]);
  expect(log).toEqual([expect.stringContaining(FILE)]);
  type(document, 'x'.repeat(5_000_000));
  vi.advanceTimersByTime(QUIET);
  expect(found()).toHaveLength(1);
});

test('disposed, it shows nothing, listens to nothing and looks for nothing; also twice', () => {
  const { diagnostics } = newDiagnostics();
  const document = opened('x');
  type(document, 'y');
  diagnostics.dispose();
  diagnostics.dispose();
  expect(found()).toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
  const { opened: opens, changed, closed } = fake.documents;
  expect([opens.listenerCount, changed.listenerCount, closed.listenerCount]).toEqual([0, 0, 0]);
});
