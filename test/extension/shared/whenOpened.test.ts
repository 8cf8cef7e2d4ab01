import { beforeEach, expect, test } from 'vitest';
import { type ExtensionContext, type TextDocument, workspace } from 'vscode';
import { lazy } from '../../../src/extension/shared/lazy';
import type { Log } from '../../../src/extension/shared/output/log';
import { whenOpened } from '../../../src/extension/shared/whenOpened';

const logged: unknown[] = [];
const log = { error: (error: unknown) => logged.push(error) } as unknown as Log;
let open: (document: Pick<TextDocument, 'languageId'>) => void;
let documents: Pick<TextDocument, 'languageId'>[];

beforeEach(() => {
  [logged.length, documents] = [0, []];
  Object.defineProperty(workspace, 'textDocuments', { get: () => documents });
  Object.assign(workspace, {
    onDidOpenTextDocument: (listener: typeof open) => {
      open = listener;
      return 'subscription';
    },
  });
});

test('what is for a language is loaded when a document of it is opened, and for no other', () => {
  let loads = 0;
  const load = async () => {
    loads += 1;
  };
  documents = [{ languageId: 'json' }];
  expect(whenOpened('sse', log, load)).toBe('subscription');
  expect(loads).toBe(0);
  open({ languageId: 'json' });
  expect(loads).toBe(0);
  open({ languageId: 'sse' });
  expect(loads).toBe(1);
});

test('where one is open already, it is loaded at once; that it can’t be is logged', async () => {
  documents = [{ languageId: 'sse' }];
  const error = new Error('no such bundle');
  whenOpened('sse', log, () => Promise.reject(error));
  await new Promise((resolve) => setImmediate(resolve));
  expect(logged).toEqual([error]);
});

test('a part is loaded once, when it is first asked for, and ends with the extension', async () => {
  const subscriptions: unknown[] = [];
  const part = { dispose: () => undefined };
  let loads = 0;
  const get = lazy({ subscriptions } as unknown as ExtensionContext, async () => {
    loads += 1;
    return part;
  });
  expect(loads).toBe(0);
  expect(await Promise.all([get(), get()])).toEqual([part, part]);
  expect(await get()).toBe(part);
  expect([loads, subscriptions]).toEqual([1, [part]]);
});
