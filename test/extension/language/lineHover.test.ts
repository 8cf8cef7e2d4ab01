import { expect, test } from 'vitest';
import { type Position, type TextDocument, Uri } from 'vscode';
import { LineHover } from '../../../src/extension/language/lineHover';
import { DIRECTIVE_NAMES, readDirective } from '../../../src/script/directive';
import { EditedDocument } from '../../support/vscode/documents';

/** Returns the example and the sentence that are shown at a place in a line. */
function shown(line: string, character: number): [example: string, text: string] | undefined {
  const document = new EditedDocument(Uri.parse('/x.sse'), 'sse', line) as unknown as TextDocument;
  const hover = new LineHover().provideHover(document, { line: 0, character } as Position);
  const [example, text] = (hover?.contents ?? []) as unknown as [{ value: string }, string];
  return hover && [example.value, text];
}

test.each(DIRECTIVE_NAMES)('on %s, an example that is a directive, and what it does', (name) => {
  const [example, text] = shown(`:@ ${name} 1`, 4) ?? [];
  expect(readDirective(example?.slice(2) ?? '')).toMatchObject({ name });
  expect(text).not.toBe('');
});

test('on a field, an example and what it does', () => {
  expect(shown('retry: 500', 2)).toEqual(['retry: 3000', 'Time until a client reconnects, in milliseconds']);
  expect(shown('data', 0)?.[0]).toBe('data: …');
});

test.each([
  ['retry: 500', 8],
  ['other: 1', 1],
  [': data: 1', 3],
  [':@@ wait 1s', 4],
  [':@ other', 4],
])('on %s at %i, nothing', (line, character) => {
  expect(shown(line, character)).toBeUndefined();
});
