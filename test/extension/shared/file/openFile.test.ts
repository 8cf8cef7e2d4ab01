// A recording of a stranger's stream, which the user opens in an editor with a single click.
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { window } from 'vscode';
import { compareFiles, openFile } from '../../../../src/extension/shared/file/openFile';
import { Turns } from '../../../../src/turns/turns';
import { FakeFiles } from '../../../support/vscode/files';
import { fake, Uri } from '../../../support/vscode/index';

const MB = 1024 * 1024;
const file = new Uri('/folder/a.sse');
const asked: string[] = [];
let chooses = false;

beforeEach(() => {
  [asked.length, chooses] = [0, false];
  Object.assign(fake, { done: [], files: new FakeFiles() });
  Object.assign(window, {
    showWarningMessage: async (text: string, button: string) => {
      asked.push(text);
      return chooses ? button : undefined;
    },
  });
});

async function open(text: string | Buffer) {
  fake.files.write(file.path, text);
  await openFile(file as never, new Turns());
  return { asked, opened: fake.done.length };
}

test.each([
  ['a few events', 'data: 1\n\n'],
  ['5 MB of words', 'data: a few words of an answer, and a few words more\n\n'.repeat((5 * MB) / 53)],
  ['thousands of JSON events', 'data: {"choices":[{"delta":{"content":"x"}}]}\n\n'.repeat(6000)],
])('a recording of %s is opened', async (_, text) => {
  expect(await open(text)).toEqual({ asked: [], opened: 1 });
});

test.each([
  ['brackets', `data: ${'[]'.repeat(25_001)}\n\n`, 'it has too many brackets'],
  // As a server's stream is recorded, byte for byte.
  [
    'merge conflicts',
    '<<<<<<< a\n=======\n>>>>>>> b\n'.repeat(501),
    'it has too many links, colors or merge conflicts',
  ],
  ['marks in one merge conflict', `<<<<<<< a\n${'||||||| c\n'.repeat(500)}=======\n>>>>>>> b\n`, 'merge conflicts'],
  ['links', `data: ${'http://a.b '.repeat(5001)}\n\n`, 'it has too many links, colors or merge conflicts'],
  ['marks', `data: a${'\u0301'.repeat(9000)}\n\n`, 'hard to draw'],
  [
    'marks in lines that end with CR',
    `data: ${'x'.repeat(9990)}\r${`data: a${'\u0301'.repeat(400)}\r`.repeat(60)}`,
    'hard to draw',
  ],
  ['JSON that is slow to color', `data: [${'1,'.repeat(4900)}1]\n\n`, 'hard to draw'],
  ['empty lines', '\n'.repeat(300_001), 'more than 300,000 lines'],
  ['UTF-16', Buffer.from('\ufeffdata: 1\n\n', 'utf16le'), 'not UTF-8'],
  ['UTF-16, its first byte the higher', Buffer.from('\ufeffdata: 1\n\n', 'utf16le').swap16(), 'not UTF-8'],
  ['UTF-16 without its mark', Buffer.from('data: 1\n\n', 'utf16le'), 'not UTF-8'],
  ['16 MB of letters', 'x'.repeat(16 * MB + 1), 'larger than 16 MB'],
])('one of %s is opened when the user says so once more', async (_, text, reason) => {
  expect(await open(text)).toEqual({ asked: [expect.stringContaining(reason)], opened: 0 });
  chooses = true;
  expect((await open(text)).opened).toBe(1);
});

/** Compares two runs. Resolves with the questions, and with whether the comparison was opened. */
async function compare(before: string, after: string) {
  const files = ['/folder/run.sse', '/folder/run-2.sse'].map((path) => new Uri(path));
  for (const [index, text] of [before, after].entries()) fake.files.write(files[index]?.path ?? '', text);
  await compareFiles(files[0] as never, files[1] as never, new Turns());
  return { asked, opened: fake.done.length };
}

const events = (count: number, id: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => `id: ${id(n)}\ndata: x\n\n`).join('');

test.each([
  ['1,000 different lines', events(1000, (n) => `a${n}`), events(1000, (n) => `b${n}`)],
  ['nothing different', events(50_000, String), events(50_000, String)],
  ['much added at the end', events(10, String), events(50_000, String)],
  ['much added in one place', `a\n\n${events(9, String)}`, `a\n\n${events(20_000, String)}${events(9, String)}`],
  ['an empty run', '', events(50_000, String)],
  ['a first line that is new', events(50_000, String), `:\n${events(50_000, String)}`],
])('runs with %s are compared', async (_, before, after) => {
  expect(await compare(before, after)).toEqual({ asked: [], opened: 1 });
});

test.each([
  ['1,001 different lines', events(1001, (n) => `a${n}`), events(1001, (n) => `b${n}`)],
  [
    'that, with lines that end with CR',
    ...(['a', 'b'] as const).map((id) => events(1001, (n) => id + n).replaceAll('\n', '\r')),
  ],
  [
    'different lines between many alike',
    ...(['a', 'b'] as const).map((id) => events(40_000, (n) => (n % 9 ? '' : id) + n)),
  ],
])('runs with %s are compared when the user says so: an editor would take seconds', async (_, before, after) => {
  const question = 'An editor may hang with what differs between run.sse and run-2.sse: it is more than 1000 lines.';
  expect(await compare(before ?? '', after ?? '')).toEqual({ asked: [question], opened: 0 });
  chooses = true;
  expect((await compare(before ?? '', after ?? '')).opened).toBe(1);
});

test('VS Code itself reports a file that is gone', async () => {
  await openFile(file as never, new Turns());
  expect([asked, fake.done.length]).toEqual([[], 1]);
});

test('a file that is visible already is shown there, without a question', async () => {
  const shown = { document: { uri: file }, viewColumn: 3 };
  const own = Object.getOwnPropertyDescriptor(window, 'visibleTextEditors') ?? {};
  Object.defineProperty(window, 'visibleTextEditors', { value: [shown], configurable: true });
  onTestFinished(() => void Object.defineProperty(window, 'visibleTextEditors', own));
  expect(await open('\n'.repeat(300_001))).toEqual({ asked: [], opened: 1 });
  expect(fake.done[0]).toEqual(['show', file, { viewColumn: 3 }]);
});

test('the reason why a file can’t be shown is reported', async () => {
  fake.files.write(file.path, 'data: 1\n\n');
  const told: string[] = [];
  Object.assign(window, {
    showTextDocument: () => Promise.reject(new Error('The file is gone.')),
    showErrorMessage: async (text: string) => void told.push(text),
  });
  await openFile(file as never, new Turns());
  await vi.waitFor(() => expect(told).toEqual([expect.stringContaining('The file is gone.')]));
});
