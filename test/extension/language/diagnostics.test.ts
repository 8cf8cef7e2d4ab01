import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { Uri } from 'vscode';
import { Diagnostics } from '../../../src/extension/language/diagnostics';
import type { Log } from '../../../src/extension/shared/output/log';
import { Turns } from '../../../src/turns/turns';
import { lateness } from '../../support/time/lateness';
import { longestGo } from '../../support/time/longestGo';
import { DiagnosticSeverity, EditedDocument, FakeDocuments } from '../../support/vscode/documents';
import { FakeFiles } from '../../support/vscode/files';
import { fake } from '../../support/vscode/index';

const FILE = '/folder/x.sse';
/** Longer than the debounce delay after typing, in milliseconds. */
const QUIET = 301;

beforeEach(() => {
  Object.assign(fake, { documents: new FakeDocuments(), files: new FakeFiles() });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
});

function newDiagnostics() {
  const log: string[] = [];
  const info = (message: string) => void log.push(message);
  const diagnostics = new Diagnostics({ info } as unknown as Log, new Turns());
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

/** Resolves when short documents have been checked, in more turns than a cold process takes for them. */
async function checked(): Promise<void> {
  for (let n = 0; n < 50; n += 1) await setImmediate();
}

/** Returns code and position of each problem found; undefined if the document was not checked. */
const found = (path = FILE) =>
  fake.documents.found
    .get(path)
    ?.map(({ code, range: { line, column, endColumn } }) => `${code} ${line}:${column}-${endColumn}`);

/** Resolves when the document has been checked. */
async function isFound(): Promise<void> {
  while (found() === undefined) await setImmediate();
}

test('a document is checked when it is opened, and documents that are open already are checked at once', async () => {
  fake.files.documents.push(
    newDocument('retry: x\n', 'sse', '/folder/open.sse'),
    newDocument('x', 'markdown', '/a.md'),
  );
  newDiagnostics();
  await checked();
  expect(found('/folder/open.sse')).toEqual(['badRetry 0:7-8']);
  await checked();
  expect(found('/a.md')).toBeUndefined();
  opened('data: é\n\n:@ pause 1s\n');
  await checked();
  expect(found()).toEqual(['directive 2:3-8']);
});

test('each diagnostic has its text, severity and source', async () => {
  newDiagnostics();
  opened(':@ wait 5\nfoo: bar\n');
  await checked();
  expect(fake.documents.found.get(FILE)).toMatchObject([
    { severity: DiagnosticSeverity.Error, source: 'SSE Counter', message: expect.stringContaining('“:@ wait 80ms”') },
    { severity: DiagnosticSeverity.Warning, source: 'SSE Counter', message: expect.stringContaining('“foo”') },
  ]);
});

test('a file that sends nothing at first has a hint, which isn’t among the problems, on the line of its pause', async () => {
  newDiagnostics();
  opened(':@ method POST\n:@ wait 1s\ndata: a\n\n');
  await checked();
  expect(found()).toEqual(['silence 1:0-10']);
  expect(fake.documents.found.get(FILE)).toMatchObject([
    { severity: DiagnosticSeverity.Hint, source: 'SSE Counter', message: expect.stringContaining('“retry: 3000”') },
  ]);
  for (const first of ['retry: 500\n', ': hello\n', 'data: a\n\n']) {
    opened(`${first}:@ wait 1s\ndata: a\n\n`);
    await checked();
    expect(found()).toEqual([]);
  }
  opened(':@ wait 1s\ndta: a\n\n');
  await checked();
  expect(found()).toEqual(['unknownField 1:0-3', 'silence 0:0-10']);
});

test('a problem about something missing marks its line', async () => {
  newDiagnostics();
  opened('id: 1\ndata: abc\n');
  await checked();
  expect(found()).toEqual(['noBlankLine 1:0-9']);
  opened('retry:\n:@\n');
  await checked();
  expect(found()).toEqual(['badRetry 0:0-6', 'directive 1:0-2']);
});

test('a document is checked again when nothing was typed for 300 ms', async () => {
  newDiagnostics();
  const document = opened('data: a\n\n');
  await checked();
  expect(found()).toEqual([]);
  type(document, 'data: a\n');
  vi.advanceTimersByTime(299);
  type(document, 'data: a');
  vi.advanceTimersByTime(299);
  await checked();
  expect(found()).toEqual([]);
  vi.advanceTimersByTime(1);
  await checked();
  expect(found()).toEqual(['noBlankLine 0:0-7']);
  type(document, 'data: a\n\n');
  vi.advanceTimersByTime(QUIET);
  await checked();
  expect(found()).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('documents of other languages are not checked', async () => {
  newDiagnostics();
  const document = opened('x', 'plaintext');
  type(document, 'y');
  vi.advanceTimersByTime(QUIET);
  await checked();
  expect(found()).toBeUndefined();
});

test.each(['/x.sse', 'untitled:x.sse', 'vscode-vfs:/x.sse', 'memfs:/x.sse'])('%s is checked', async (path) => {
  newDiagnostics();
  fake.documents.opened.fire(newDocument('x', 'sse', path));
  await checked();
  expect(found(path)).toHaveLength(1);
});

test.each(['git:/x.sse', 'vscode-scm:x', 'zip:/x.sse', 'output:x'])(
  '%s is none of the workspace’s files, and isn’t checked, also when it changes',
  async (path) => {
    newDiagnostics();
    const document = newDocument('x', 'sse', path);
    fake.documents.opened.fire(document);
    type(document, 'y');
    vi.advanceTimersByTime(QUIET);
    await checked();
    expect([found(path), vi.getTimerCount()]).toEqual([undefined, 0]);
  },
);

test('a file in an open folder is checked even if nothing can be saved there', async () => {
  fake.folders = ['zip:/folder'];
  onTestFinished(() => {
    fake.folders = [];
  });
  newDiagnostics();
  fake.documents.opened.fire(newDocument('x', 'sse', 'zip:/folder/x.sse'));
  await checked();
  expect(found('zip:/folder/x.sse')).toHaveLength(1);
});

test('a closed document has no diagnostics, and gets none later', async () => {
  newDiagnostics();
  const document = opened('x');
  type(document, 'y');
  fake.documents.closed.fire(document);
  await checked();
  expect(found()).toBeUndefined();
  vi.advanceTimersByTime(QUIET);
  await checked();
  expect(found()).toBeUndefined();
});

test('a document of more than 5 million characters isn’t checked, which is logged', async () => {
  const { log } = newDiagnostics();
  const document = opened('x');
  await checked();
  expect([found()?.length, log]).toEqual([1, []]);
  type(document, 'x'.repeat(5_000_001));
  vi.advanceTimersByTime(QUIET);
  await checked();
  expect(found()).toEqual([]);
  expect(log).toEqual([expect.stringContaining(FILE)]);
  for (const text of ['x\n'.repeat(2_500_001), '\n'.repeat(5_000_001)]) {
    type(document, text);
    vi.advanceTimersByTime(QUIET);
    await checked();
  }
  // Reading all of it takes long, and logging it again helps nobody.
  expect([document.asked < 10, log.length]).toEqual([true, 1]);
  type(document, 'x'.repeat(5_000_000));
  vi.advanceTimersByTime(QUIET);
  while (found()?.length !== 1) await setImmediate();
});

test('after dispose, there are no diagnostics, listeners or checks; it can be called repeatedly', async () => {
  const { diagnostics } = newDiagnostics();
  const document = opened('x');
  type(document, 'y');
  diagnostics.dispose();
  diagnostics.dispose();
  await checked();
  expect(found()).toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
  const { opened: opens, changed, closed } = fake.documents;
  expect([opens.listenerCount, changed.listenerCount, closed.listenerCount]).toEqual([0, 0, 0]);
});

/** More than is checked in a turn. */
const LARGE = 'x\n'.repeat(500_000);

test('a large document leaves others their turn while it is checked', async () => {
  vi.useRealTimers();
  newDiagnostics();
  const late = await lateness(async () => {
    opened(LARGE);
    await isFound();
  });
  console.log(`1 MB of problems: at most ${late.max.toFixed(0)} ms`);
  expect(late.max).toBeLessThan(200);
});

test('an edit during a check is what gets checked in the end', async () => {
  newDiagnostics();
  const document = opened(LARGE);
  await checked();
  expect(found()).toBeUndefined();
  type(document, 'retry: x\n');
  vi.advanceTimersByTime(QUIET);
  await checked();
  expect(found()).toEqual(['badRetry 0:7-8']);
  for (let n = 0; n < 1000; n += 1) await setImmediate();
  expect(found()).toEqual(['badRetry 0:7-8']);
});

test('a document closed or disposed during its check gets no diagnostics', async () => {
  const { diagnostics } = newDiagnostics();
  fake.documents.closed.fire(opened(LARGE));
  opened(LARGE);
  await checked();
  diagnostics.dispose();
  for (let n = 0; n < 1000; n += 1) await setImmediate();
  expect(found()).toBeUndefined();
});

test.each([
  ['long', `:@ ${'wai'.repeat(13)}`, `${'dat'.repeat(14)}:x`],
  ['of nearly the names’ length', ':@ no-nwelnie', 'rtery:x'],
])('2,000 misspelt words, %s, leave others their turn', async (_how, directive, field) => {
  vi.useRealTimers();
  newDiagnostics();
  opened(`${`${directive}\n`.repeat(1100)}${`${field}\n`.repeat(1100)}`);
  const longest = await longestGo(isFound());
  console.log(`the longest go: ${longest.toFixed(0)} ms`);
  expect(longest).toBeLessThan(60);
});

test('500 problems of each severity are shown, followed by the number of further ones', async () => {
  vi.useRealTimers();
  newDiagnostics();
  const shown = async (errors: number, warnings: number) => {
    fake.documents.found.delete(FILE);
    opened(`${':@ wiat 1s\n'.repeat(errors)}${'dta: x\n'.repeat(warnings)}`);
    await isFound();
    return fake.documents.found.get(FILE) ?? [];
  };
  const all = await shown(500, 500);
  expect(all.map(({ severity }) => severity)).toEqual([...Array(500).fill(0), ...Array(500).fill(1)]);
  const some = await shown(501, 502);
  expect(some.slice(0, -1)).toEqual(all.map((one, n) => (n < 500 ? one : expect.objectContaining({ code: one.code }))));
  expect(some.at(-1)).toMatchObject({
    severity: DiagnosticSeverity.Information,
    source: 'SSE Counter',
    message: 'More problems were found than are shown here: 3 more.',
  });
  expect((await shown(501, 0)).length).toBe(501);
});
