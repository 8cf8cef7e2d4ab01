// VS Code asks with each move of the pointer and each letter, in files of up to 50 MB, which may be one line.
import { expect, test } from 'vitest';
import { type Position, type TextDocument, Uri } from 'vscode';
import { LineCompletion } from '../../../src/extension/language/lineCompletion';
import { LineHover } from '../../../src/extension/language/lineHover';
import { leastOf } from '../../support/time/leastOf';
import { ownTime } from '../../support/time/ownTime';
import { EditedDocument } from '../../support/vscode/documents';

/** Milliseconds for an answer. */
const BOUND = 10;
const LENGTH = 40_000_000;

test.each([
  ['the hover', (document: TextDocument, at: Position) => new LineHover().provideHover(document, at)],
  [
    'the completion',
    (document: TextDocument, at: Position) => new LineCompletion().provideCompletionItems(document, at),
  ],
])('a line that is a word of 40 MB doesn’t keep %s busy', async (_, ask) => {
  const document = new EditedDocument(Uri.parse('/x.sse'), 'sse', `${'w'.repeat(LENGTH)}é`) as unknown as TextDocument;
  // Splits its text.
  document.lineAt(0);
  const longest = await leastOf(BOUND, () =>
    ownTime(() => ask(document, { line: 0, character: LENGTH + 1 } as Position)),
  );
  expect(longest).toBeLessThan(BOUND);
});
