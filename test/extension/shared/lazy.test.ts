import { expect, test } from 'vitest';
import type { ExtensionContext } from 'vscode';
import { lazy } from '../../../src/extension/shared/lazy';

/** A part that can be loaded when `isThere`, and how often that was tried. */
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

test('a part is loaded when it is first asked for, once, and ends with the extension', async () => {
  const { load, part, tried, subscriptions } = newPart();
  expect(tried.count).toBe(0);
  expect(await Promise.all([load(), load()])).toEqual([part, part]);
  expect(await load()).toBe(part);
  expect([tried.count, subscriptions]).toEqual([1, [part]]);
});

test('a part that could not be loaded is loaded when it is asked for again', async () => {
  const { load, part, tried, subscriptions } = newPart();
  tried.isThere = false;
  const both = [load(), load()];
  for (const one of both) await expect(one).rejects.toThrow('Cannot find module');
  expect([tried.count, subscriptions]).toEqual([1, []]);
  tried.isThere = true;
  expect(await load()).toBe(part);
  expect([tried.count, subscriptions]).toEqual([2, [part]]);
});
