import { setImmediate } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { type Diagnostic, type Range, type TextDocument, Uri } from 'vscode';
import { Diagnostics } from '../../../src/extension/language/diagnostics';
import type { ProblemFixes } from '../../../src/extension/language/problemFixes';
import type { Log } from '../../../src/extension/shared/output/log';
import { Turns } from '../../../src/turns/turns';
import { type CodeAction, EditedDocument, FakeDocuments } from './documents';
import { fake } from './index';

/** Resolves with the quick fixes that are offered for a script, if all of it is selected. */
export async function quickFixes(
  provider: Pick<ProblemFixes, 'provideCodeActions'>,
  path: string,
  text: string,
): Promise<CodeAction[]> {
  fake.documents = new FakeDocuments();
  const diagnostics = new Diagnostics({} as Log, new Turns());
  onTestFinished(() => diagnostics.dispose());
  const document = new EditedDocument(Uri.parse(path), 'sse', text);
  fake.documents.opened.fire(document);
  while (!fake.documents.found.has(path)) await setImmediate();
  const found = { diagnostics: fake.documents.found.get(path) as unknown as Diagnostic[] };
  return provider.provideCodeActions(
    document as unknown as TextDocument,
    {} as Range,
    found,
  ) as unknown as CodeAction[];
}
