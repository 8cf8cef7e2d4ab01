// The tests stand in the rooms of what they test, and their folders know each other without circles.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { expect, test } from 'vitest';
import { importsIn } from '../support/house/importsIn';

/** Folders that have no room in src/: what tests share, and the tests of the whole. */
const OTHERS = ['support', 'clients', 'e2e', 'package', 'bench', 'mutate'];

const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && !file.startsWith('node_modules/'));

/** Returns the folders of test/ that the files of each folder import from. */
function foldersImported(): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  for (const file of files) {
    const folder = dirname(file);
    const imported = graph.get(folder) ?? new Set();
    graph.set(folder, imported);
    for (const specifier of importsIn(readFileSync(join('test', file), 'utf8'))) {
      if (!specifier.startsWith('.')) continue;
      const target = dirname(join('test', folder, specifier));
      if (target.startsWith('test/') && target !== join('test', folder)) imported.add(target.slice('test/'.length));
    }
  }
  return graph;
}

test('each test stands in a room of src/', () => {
  const tests = files.filter((file) => /\.(test|spec)\.ts$/.test(file) && !OTHERS.includes(file.split('/')[0] ?? ''));
  expect(tests.length).toBeGreaterThan(100);
  expect(tests.filter((file) => !existsSync(join('src', dirname(file))))).toEqual([]);
});

test('no folder of tests imports another in a circle', () => {
  const graph = foldersImported();
  const reached = (from: string, seen: Set<string>): Set<string> => {
    for (const next of graph.get(from) ?? []) if (!seen.has(next)) reached(next, seen.add(next));
    return seen;
  };
  expect([...graph.keys()].filter((folder) => reached(folder, new Set()).has(folder))).toEqual([]);
});
