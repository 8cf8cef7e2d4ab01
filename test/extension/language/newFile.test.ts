import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { Uri } from 'vscode';
import { newStreamFile } from '../../../src/extension/language/newFile';
import { FakeDocuments } from '../../support/vscode/documents';
import { FakeFiles } from '../../support/vscode/files';
import { fake } from '../../support/vscode/index';

const NAMES = [
  ...['notifications.sse', 'progress.sse', 'openai-chat.sse', 'openai-responses.sse', 'anthropic-messages.sse'],
  ...['anthropic-error.sse', 'mcp.sse', 'empty.sse'],
];
const texts = NAMES.map((name) => readFileSync(`media/templates/${name}`, 'utf8'));

beforeEach(() => {
  Object.assign(fake, {
    folder: undefined,
    documents: new FakeDocuments(),
    files: new FakeFiles(),
    done: [],
    pick: () => undefined,
  });
  for (const [index, name] of NAMES.entries())
    fake.files.write(`/extension/media/templates/${name}`, texts[index] ?? '');
});

test.each([...NAMES.keys()])(
  'the choice %i opens its template with its name, in the home directory where there is no folder, with the focus',
  async (index) => {
    fake.pick = (items) => items[index];
    await newStreamFile(Uri.parse('/extension'));
    const uri = `untitled:${join(homedir(), NAMES[index] ?? '')}`;
    expect(fake.documents.made).toEqual([{ uri, position: { line: 0, character: 0 }, text: texts[index] }]);
    expect(fake.done).toHaveLength(1);
  },
);

test('in a folder, the document has the template’s name, or the next free one; it isn’t saved yet', async () => {
  fake.folder = '/folder';
  fake.pick = (items) => items[1];
  await newStreamFile(Uri.parse('/extension'));
  fake.files.write('/folder/progress.sse', '');
  fake.files.write('/folder/progress-2.sse', '');
  await newStreamFile(Uri.parse('/extension'));
  const position = { line: 0, character: 0 };
  expect(fake.documents.made).toEqual([
    { uri: 'untitled:/folder/progress.sse', position, text: texts[1] },
    { uri: 'untitled:/folder/progress-3.sse', position, text: texts[1] },
  ]);
  expect(fake.done).toHaveLength(2);
});

test('a template of that name is opened without a question; for another name, they are offered', async () => {
  let questions = 0;
  fake.pick = () => {
    questions += 1;
  };
  await newStreamFile(Uri.parse('/extension'), 'progress.sse');
  expect(fake.documents.made).toMatchObject([{ text: texts[1] }]);
  expect(questions).toBe(0);
  await newStreamFile(Uri.parse('/extension'), '../no-such.sse');
  expect(questions).toBe(1);
});

test('each template is offered with a title and a description', async () => {
  let offered: { label: string; detail: string }[] = [];
  fake.pick = (items) => {
    offered = items as typeof offered;
  };
  await newStreamFile(Uri.parse('/extension'));
  expect(offered).toHaveLength(NAMES.length);
  expect(new Set(offered.map(({ label }) => label)).size).toBe(NAMES.length);
  for (const { detail } of offered) expect(detail).toMatch(/^[^\n]{20,100}$/);
});

test('a user who cancels gets no document', async () => {
  await newStreamFile(Uri.parse('/extension'));
  expect([fake.documents.made, fake.done]).toEqual([[], []]);
});
