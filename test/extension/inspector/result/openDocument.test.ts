// Results of strangers, as they go to an editor, or into a file if an editor would hang with them.
import { mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { beforeEach, expect, test, vi } from 'vitest';
import { window } from 'vscode';
import { openDocument } from '../../../../src/extension/inspector/result/openDocument';
import { SaveDialog } from '../../../../src/extension/inspector/saving/saveDialog';
import { Turns } from '../../../../src/turns/turns';
import { temporaryFile } from '../../../support/client/recordings';
import { FakeDocuments } from '../../../support/vscode/documents';
import { fake } from '../../../support/vscode/index';

vi.mock('vscode', () => import('../../../support/vscode/index'));

const MB = 1024 * 1024;
const warnings: string[] = [];
let chooses = false;
let [asked, file]: [object | undefined, string | undefined] = [undefined, undefined];

beforeEach(() => {
  [warnings.length, chooses, asked, file] = [0, false, undefined, undefined];
  Object.assign(fake, { done: [], documents: new FakeDocuments(), folder: tmpdir() });
  fake.errors.length = 0;
  Object.assign(window, {
    showWarningMessage: async (text: string, button: string) => {
      warnings.push(text);
      return chooses ? button : undefined;
    },
    showInformationMessage: async () => undefined,
    showSaveDialog: async (options: object) => {
      asked = options;
      return file === undefined ? undefined : { scheme: 'file', fsPath: file, path: file };
    },
  });
});

/** Opens a text that is given in pieces. */
function open(format: 'markdown' | 'json', ...pieces: string[]): Promise<void> {
  return openDocument({ format, pieces: () => pieces, turns: new Turns(), dialog: new SaveDialog() });
}

test.each([
  // VS Code's Markdown would make a link of it that runs the command.
  ['markdown', ['# Answer\n\n[the docs]', '(command:workbench.view.scm)\n'], 'sse-data'],
  ['json', ['{"a":', '[1]}\n'], 'json'],
  // VS Code would ask for the schema.
  ['json', ['{"$schema":"http://a/"}'], 'sse-data'],
  // A click into such a line takes an editor seconds, if it is highlighted.
  ['json', [`[${'1,'.repeat(4900)}1]`], 'sse-data'],
  // Its grammar takes 2 s for such a line, and its parser more columns and rows than the extension host has memory for.
  ['markdown', [`${'**a[x]('.repeat(100)}${'"aaaaaaaaaa'.repeat(160)}\n`], 'sse-data'],
  ['markdown', [`${'|a'.repeat(700)}|\n${'|-'.repeat(700)}|\n${'x\n'.repeat(4000)}`], 'sse-data'],
] as const)(
  'a %s is opened beside the panel, in a language that an editor can take: case %#',
  async (format, pieces, language) => {
    await open(format, ...pieces);
    expect(fake.documents.made).toEqual([{ content: pieces.join(''), language }]);
    expect(warnings).toEqual([]);
  },
);

test('a text that is too large for an editor is saved instead, all of it', async () => {
  const pieces = Array.from({ length: 40 }, (_, at) => `${String(at).repeat(32 * 1024)}\n`);
  [chooses, file] = [true, temporaryFile('result')];
  await open('markdown', ...pieces);
  expect(fake.documents.made).toEqual([]);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/more than 1 MB/);
  expect(asked).toMatchObject({ title: 'Save Result', filters: { Markdown: ['md'] } });
  expect(readFileSync(file, 'utf8')).toBe(pieces.join(''));
});

test('nothing is saved if the user doesn’t want it, or chooses no file', async () => {
  await open('json', 'x'.repeat(MB + 1));
  expect(asked).toBeUndefined();
  chooses = true;
  await open('json', 'x'.repeat(MB + 1));
  expect(asked).toMatchObject({ filters: { JSON: ['json'] } });
  expect([fake.documents.made, fake.errors]).toEqual([[], []]);
});

test('a file that can’t be written is told', async () => {
  [chooses, file] = [true, temporaryFile('result')];
  mkdirSync(file);
  await open('json', 'x'.repeat(MB + 1));
  await vi.waitFor(() => expect(fake.errors.join()).toMatch(/^The result was not saved to/));
});
