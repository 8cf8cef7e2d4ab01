// The modules that are loaded in every window when the extension is activated.
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { compileFunction } from 'node:vm';
import { expect, test } from 'vitest';

/** A fake of VS Code's API: every part of it can be called, constructed and has all properties. */
const anything: object = new Proxy(() => undefined, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => '' : anything),
  apply: () => anything,
  construct: () => anything,
});

/** Activates the packed extension. Resolves with the modules required, each once. @param kept stored by VS Code, by key */
async function activate(kept: Record<string, unknown>): Promise<string[]> {
  const required = new Set<string>();
  const load = (name: string) => {
    required.add(name);
    return anything;
  };
  const module = { exports: {} as { activate(context: object): void } };
  const source = readFileSync('dist/extension.cjs', 'utf8');
  compileFunction(source, ['require', 'module', 'exports'])(load, module, module.exports);
  const memory = { get: (key: string) => kept[key] };
  module.exports.activate({ extension: {}, subscriptions: [], workspaceState: memory });
  await setImmediate();
  return [...required];
}

test('with no server remembered, only the registration of the commands is loaded', async () => {
  expect(await activate({})).toEqual(['vscode']);
});

test.each([
  ['sseCounter.listening', './counter.cjs'],
  ['sseCounter.replay.listening', './mock.cjs'],
])('with a server remembered in %s, its part is loaded, and no other', async (key, part) => {
  expect(await activate({ [key]: [] })).toEqual(['vscode', part]);
});
