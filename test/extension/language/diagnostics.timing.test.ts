// A document is checked when it is opened, and at each pause in typing.
import { setImmediate } from 'node:timers/promises';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { Uri } from 'vscode';
import { Diagnostics } from '../../../src/extension/language/diagnostics';
import type { Log } from '../../../src/extension/shared/output/log';
import { Turns } from '../../../src/turns/turns';
import { drawn } from '../../support/random/drawn';
import { leastOf } from '../../support/time/leastOf';
import { longestGo } from '../../support/time/longestGo';
import { EditedDocument, FakeDocuments } from '../../support/vscode/documents';
import { fake } from '../../support/vscode/index';

/** Milliseconds without a break: a turn, and what is done of a document at one go. */
const BOUND = 50;

beforeEach(() => {
  fake.documents = new FakeDocuments();
});

test.each(
  drawn(
    [
      ['millions of short lines of Chinese', '漢\n'.repeat(2_490_000)],
      ['half a million lines', 'data: {}\n'.repeat(550_000)],
      ['a line of millions of Chinese characters', `:${'漢'.repeat(4_990_000)}`],
    ],
    1,
  ),
)('a document with %s doesn’t keep the extension busy when it is checked', async (_, text) => {
  const diagnostics = new Diagnostics({} as Log, new Turns());
  onTestFinished(() => diagnostics.dispose());
  const document = new EditedDocument(Uri.parse('/x.sse'), 'sse', text);
  const check = async () => {
    fake.documents.found.clear();
    fake.documents.opened.fire(document);
    while (!fake.documents.found.has('/x.sse')) await setImmediate();
  };
  const longest = await leastOf(BOUND, () => longestGo(setImmediate().then(check)));
  console.log(`the longest go: ${longest.toFixed(0)} ms`);
  expect(longest).toBeLessThan(BOUND);
});
