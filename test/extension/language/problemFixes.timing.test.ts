// VS Code asks for the fixes of all that is selected, and of a whole file when it is saved.
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { CancellationToken, TextDocument } from 'vscode';
import { Outline } from '../../../src/extension/language/outline';
import { ProblemFixes } from '../../../src/extension/language/problemFixes';
import { Turns } from '../../../src/turns/turns';
import { leastOf } from '../../support/time/leastOf';
import { longestGo } from '../../support/time/longestGo';
import { checkedDocument } from '../../support/vscode/quickFixes';

/** Resolves with the longest time without a break, in milliseconds, also of what is done at once. */
const longestOf = (act: () => Promise<unknown>) => longestGo(setImmediate().then(act));

/** Milliseconds without a break: a turn, and the line under way. */
const BOUND = 40;

test.each([
  ['hundreds of places of one line, which is read again once', `:@ fill\ndata: ${'{{nwo}}'.repeat(2280)}\n\n`],
  ['hundreds of long lines, in turns', `evnt: ${'a'.repeat(15_000)}\n\n`.repeat(320)],
])('fixes of %s, don’t keep the extension busy', async (_, text) => {
  const { fixes } = await checkedDocument('/x.sse', text);
  const longest = await leastOf(BOUND, () => longestOf(() => fixes(new ProblemFixes(new Turns()))));
  expect(longest).toBeLessThan(BOUND);
});

test('names of events that are slow to make plain don’t keep the extension busy in the outline', async () => {
  const text = `event: ${'\u202e\u05d0'.repeat(40)}\ndata: ${'\u202e\u05d0'.repeat(50)}\n\n`.repeat(10_000);
  const { document } = await checkedDocument('/x.sse', text);
  const token = { isCancellationRequested: false } as CancellationToken;
  const outline = () => new Outline(new Turns()).provideDocumentSymbols(document as unknown as TextDocument, token);
  const longest = await leastOf(BOUND, () => longestOf(outline));
  expect(longest).toBeLessThan(BOUND);
});
