import { beforeEach, expect, test } from 'vitest';
import { type ExtensionContext, type TextDocument, workspace } from 'vscode';
import { lazy, whenOpened } from '../../../src/extension/shared/lazy';
import type { Log } from '../../../src/extension/shared/output/log';

/** Returns a part that can be loaded while `isThere`, and counts the attempts. */
function newPart() {
  const subscriptions: { dispose(): void }[] = [];
  const tried = { count: 0, isThere: true };
  const part = { dispose: () => undefined };
  const load = lazy({ subscriptions } as unknown as ExtensionContext, async () => {
    tried.count += 1;
    if (!tried.isThere) throw new Error('Cannot find module');
    return part;
  });
  return { load, part, tried, subscriptions };
}

test('a part is loaded on the first call, once, and disposed with the extension', async () => {
  const { load, part, tried, subscriptions } = newPart();
  expect(tried.count).toBe(0);
  expect(await Promise.all([load(), load()])).toEqual([part, part]);
  expect(await load()).toBe(part);
  expect([tried.count, subscriptions]).toEqual([1, [part]]);
});

test('a part that could not be loaded is loaded on the next call', async () => {
  const { load, part, tried, subscriptions } = newPart();
  tried.isThere = false;
  const both = [load(), load()];
  for (const one of both) await expect(one).rejects.toThrow('Cannot find module');
  expect([tried.count, subscriptions]).toEqual([1, []]);
  tried.isThere = true;
  expect(await load()).toBe(part);
  expect([tried.count, subscriptions]).toEqual([2, [part]]);
});

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

test('a language’s part is loaded when a document of it is opened, but for no other language', () => {
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

test('if a document is open already, the part is loaded at once; a failure is logged', async () => {
  documents = [{ languageId: 'sse' }];
  const error = new Error('no such bundle');
  whenOpened('sse', log, () => Promise.reject(error));
  await new Promise((resolve) => setImmediate(resolve));
  expect(logged).toEqual([error]);
});
