import { expect, test } from 'vitest';
import { ProblemFixes } from '../../../src/extension/language/problemFixes';
import { Turns } from '../../../src/turns/turns';
import { checkedDocument, quickFixes } from '../../support/vscode/quickFixes';

const FILE = '/folder/x.sse';

const fixes = (text: string) => quickFixes(new ProblemFixes(new Turns()), FILE, text);

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

test('each misspelled place of a line has its own', async () => {
  const found = await fixes(':@ fill\ndata: {{nwo}} {{n}} {{qery a}} {{n 1}} {{other}}\n\n');
  expect(
    found.map(({ edit }) => edit?.replacements.map(({ range, text }) => [range.line, range.column, text])),
  ).toEqual([[[1, 8, 'now']], [[1, 22, 'query']]]);
});

test.each([
  ['data: a', '\n\n'],
  ['data: a\n', '\n'],
])('an event that %j ends in is ended by a blank line', async (text, inserted) => {
  const [fix] = await fixes(text);
  expect(fix?.title).toBe('End the event with a blank line');
  expect(fix?.edit?.inserts.map((insert) => insert.text)).toEqual([inserted]);
});

test('a document that is edited while its fixes are made has none, as their places are others now', async () => {
  const { document, fixes } = await checkedDocument(FILE, 'evnt: a\n\n'.repeat(100));
  const turns = new Turns();
  turns.add(() => document.edit('data: a'));
  expect(await fixes(new ProblemFixes(turns))).toEqual([]);
});
