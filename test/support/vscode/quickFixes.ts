import { setImmediate } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import {
  type CancellationToken,
  type CodeActionContext,
  type CodeActionProvider,
  type Diagnostic,
  type Range,
  type TextDocument,
  Uri,
} from 'vscode';
import { Diagnostics } from '../../../src/extension/language/diagnostics';
import type { Log } from '../../../src/extension/shared/output/log';
import { Turns } from '../../../src/turns/turns';
import { type CodeAction, EditedDocument, FakeDocuments } from './documents';
import { fake } from './index';

type Provider = Pick<CodeActionProvider, 'provideCodeActions'>;

/** Resolves with the quick fixes that are offered for a script, if all of it is selected. */
export async function quickFixes(provider: Provider, path: string, text: string): Promise<CodeAction[]> {
  return (await checkedDocument(path, text)).fixes(provider);
}

/** Resolves with a document whose problems are known, and the fixes that are offered if all of it is selected. */
export async function checkedDocument(path: string, text: string) {
  fake.documents = new FakeDocuments();
  const diagnostics = new Diagnostics({} as Log, new Turns());
  onTestFinished(() => diagnostics.dispose());
  const document = new EditedDocument(Uri.parse(path), 'sse', text);
  fake.documents.opened.fire(document);
  while (!fake.documents.found.has(path)) await setImmediate();
  const found = {
    diagnostics: fake.documents.found.get(path) as unknown as Diagnostic[],
  } as Partial<CodeActionContext>;
  const token = { isCancellationRequested: false } as CancellationToken;
  const fixes = async (provider: Provider): Promise<CodeAction[]> =>
    (await provider.provideCodeActions(
      document as unknown as TextDocument,
      {} as Range,
      found as CodeActionContext,
      token,
    )) as unknown as CodeAction[];
  return { document, fixes };
}
