// Finds the tests that reach a source file, and the number of imports between them.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'esbuild';

/** The source of the command line. */
const CLI = 'src/cli/main.ts';

/**
 * Returns a function from a source file to the test files that can notice its changes, grouped by distance, nearest first.
 * @param {string} folder the tree @param {string[]} tests the test files, relative to it, in the order of running
 */
export async function relatedTo(folder, tests) {
  const edges = await importsOf(folder, tests);
  const distances = new Map(tests.map((test) => [test, distancesFrom(test, edges)]));
  /** @param {string} file @returns {string[][]} */
  return (file) => {
    const groups = /** @type {string[][]} */ ([]);
    for (const test of tests) {
      const distance = distances.get(test)?.get(file);
      if (distance !== undefined) groups[distance] = [...(groups[distance] ?? []), test];
    }
    return groups.filter(Boolean);
  };
}

/** @param {string} folder @param {string[]} tests @returns {Promise<Map<string, string[]>>} */
async function importsOf(folder, tests) {
  const programs = await Promise.all(tests.map((test) => programsOf(resolve(folder, test))));
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints: [...new Set([...tests, ...programs.flat()])],
    alias: { vscode: resolve(folder, 'test/support/vscode/index.ts') },
    bundle: true,
    write: false,
    metafile: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outdir: 'out',
    loader: { '.pem': 'empty', '.key': 'empty', '.html': 'empty' },
    logLevel: 'error',
  });
  const edges = new Map(
    Object.entries(metafile.inputs).map(([file, { imports }]) => [file, imports.map(({ path }) => path)]),
  );
  const files = [...edges.keys()].filter((file) => /^test.*\.ts$/.test(file));
  for (const file of files) edges.get(file)?.push(...(await programsOf(resolve(folder, file))));
  return edges;
}

/** Returns the programs that the file starts in processes of their own (test/support/programs). @param {string} file */
async function programsOf(file) {
  const text = await readFile(file, 'utf8');
  const names = [...text.matchAll(/\bprogram\('(\w+)'\)/g)].map(([, name = '']) => name);
  return names.map((name) => (name === 'cli' ? CLI : `test/support/programs/${name}.ts`));
}

/** @param {string} from @param {Map<string, string[]>} edges */
function distancesFrom(from, edges) {
  const distances = new Map([[from, 0]]);
  for (const [file, distance] of distances)
    for (const next of edges.get(file) ?? []) if (!distances.has(next)) distances.set(next, distance + 1);
  return distances;
}
