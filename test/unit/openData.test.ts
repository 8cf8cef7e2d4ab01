import { beforeEach, expect, test } from 'vitest';
import { ViewColumn } from 'vscode';
import { openData } from '../../src/editor/openData';
import { fake } from '../server/vscode';

beforeEach(() => {
  fake.done.length = 0;
});

const MEGABYTE = 1024 * 1024;

test.each([
  ['{"a": 1}', 'json'],
  ['5', 'json'],
  ['{"a": 1', 'plaintext'],
  ['hello', 'plaintext'],
  ['', 'plaintext'],
  // To read a longer one takes too long for one go.
  [`"${'x'.repeat(MEGABYTE - 2)}"`, 'json'],
  [`"${'x'.repeat(MEGABYTE - 1)}"`, 'plaintext'],
])('text %# is opened beside the editor, as JSON where it is', async (content, language) => {
  await openData(content);
  expect(fake.done).toEqual([['show', { content, language }, ViewColumn.Beside]]);
});
