import { setImmediate } from 'node:timers/promises';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { type CodeActionContext, type Range, type TextDocument, Uri } from 'vscode';
import { Diagnostics } from '../../../src/extension/language/diagnostics';
import { ProblemFixes } from '../../../src/extension/language/problemFixes';
import type { Log } from '../../../src/extension/shared/output/log';
import { Turns } from '../../../src/turns/turns';
import { type CodeAction, EditedDocument, FakeDocuments } from '../../support/vscode/documents';
import { fake } from '../../support/vscode/index';

const FILE = '/folder/x.sse';

beforeEach(() => {
  fake.documents = new FakeDocuments();
});

/** Resolves with the quick fixes that are offered if all of the document is selected. */
async function fixes(text: string): Promise<CodeAction[]> {
  const diagnostics = new Diagnostics({} as Log, new Turns());
  onTestFinished(() => diagnostics.dispose());
  const document = new EditedDocument(Uri.parse(FILE), 'sse', text);
  fake.documents.opened.fire(document);
  while (!fake.documents.found.has(FILE)) await setImmediate();
  const context = { diagnostics: fake.documents.found.get(FILE) } as unknown as CodeActionContext;
  const found = new ProblemFixes().provideCodeActions(document as unknown as TextDocument, {} as Range, context);
  return found as unknown as CodeAction[];
}

test('each name that another one is meant by has a fix, at its place', async () => {
  const found = await fixes('evnt: a\ndata {"a":1}\n\n  :@ wait\n:@ wiat 1s\n:@ wait soon\n\n');
  expect(
    found.map(({ title, edit }) => [
      title,
      edit?.replacements.map(({ range, text }) => [range.line, range.column, text]),
    ]),
  ).toEqual([
    ['Change to “event”', [[0, 0, 'event']]],
    ['Change to “data: {"a"”', [[1, 0, 'data: {"a"']]],
    ['Change to “wait”', [[4, 3, 'wait']]],
  ]);
});

test.each([
  ['data: a', '\n\n'],
  ['data: a\n', '\n'],
])('an event that %j ends in is ended by a blank line', async (text, inserted) => {
  const [fix] = await fixes(text);
  expect(fix?.title).toBe('End the event with a blank line');
  expect(fix?.edit?.inserts.map((insert) => insert.text)).toEqual([inserted]);
});
