// Mutation testing: breaks lines of src/, one at a time, in a copy of the tree, and runs the tests that could notice it.
//   node test/mutate.mjs --draws 30 --seed 7 [--project unit,server] [--pages] [--files 'src/extension/**'] [--only 3,7] [--workers 1]
// The same seed breaks the same lines of the same tree; `--only` repeats some of its draws. With `--pages`, mutants of our
// pages that Vitest misses are also tested in Chromium.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { mutantsOf } from './mutate/mutants.mjs';
import { relatedTo } from './mutate/related.mjs';
import { failureOf, PAGES, run } from './mutate/run.mjs';

/** @typedef {import('./mutate/mutants.mjs').Mutant & { file: string }} Mutant */

/** Sources of our pages: tests in a browser, which take minutes, may notice their changes. */
const SHOWN = /^src\/(webview|messages|extension)\//;
/** Downloaded folders, which are not in Git. */
const DOWNLOADED = ['node_modules', 'test/node_modules', '.vscode-test'];

const { values } = parseArgs({
  options: {
    draws: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    project: { type: 'string', default: 'unit,server' },
    files: { type: 'string', default: '**' },
    only: { type: 'string' },
    pages: { type: 'boolean', default: false },
    workers: { type: 'string', default: '1' },
  },
});
const only = values.only?.split(',').map(Number);
const projects = values.project.split(',');
const copy = copyTree();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));
process.on('exit', () => rmSync(copy, { recursive: true, force: true, maxRetries: 3 }));
/** Whether each test file passes without a mutant: a file that doesn't proves nothing. */
const sound = /** @type {Map<string, boolean>} */ (new Map());

console.log(`Seed ${values.seed}, in ${copy}`);
if (!(await compilesNow())) throw new Error('The tree does not compile as it is.');
const related = await relatedTo(copy, projects.flatMap(testsOf));
const rows = /** @type {{ where: string, change: string, result: string }[]} */ ([]);
for (const [index, lines] of linesByDraw(Number(values.draws)).entries()) {
  if (only && !only.includes(index + 1)) continue;
  const mutant = await draw(lines, randomFrom(Number(values.seed) * 1000 + index));
  const text = readFileSync(join(copy, mutant.file), 'utf8');
  const result = await catcherOf(mutant, text);
  const row = { where: `${mutant.file}:${mutant.line}`, change: changeOf(mutant, text), result };
  rows.push(row);
  console.log(`${index + 1}. ${row.where}\n   ${row.change}\n   ${row.result}`);
}
const missed = rows.filter(({ result }) => result.startsWith('MISSED'));
console.log(`\n| Line | Change | Caught by |\n|---|---|---|`);
for (const { where, change, result } of rows)
  console.log(`| ${where} | ${change.replaceAll('|', '\\|')} | ${result.replaceAll('|', '\\|')} |`);
console.log(`\nSeed ${values.seed}: ${rows.length - missed.length} of ${rows.length} caught`);

/** Copies the files that Git tracks or would add, in their present state, committed or not. */
function copyTree() {
  const folder = mkdtempSync(join(tmpdir(), 'mutate-'));
  const { stdout } = spawnSync('git', ['ls-files', '-coz', '--exclude-standard'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  for (const file of stdout.split('\0').filter(Boolean)) {
    if (DOWNLOADED.includes(file)) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    // A deleted file is still in Git's list.
    if (existsSync(file)) cpSync(file, join(folder, file));
  }
  for (const name of DOWNLOADED) symlinkSync(join(process.cwd(), name), join(folder, name));
  return folder;
}

/** Returns the test files of a project of Vitest. @param {string} project */
function testsOf(project) {
  const args = ['node_modules/vitest/vitest.mjs', 'list', '--filesOnly', '--project', project];
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return [...stdout.matchAll(/^\[\w+\] (\S+)$/gm)].map(([, file = '']) => file);
}

/** Returns the lines for each draw: of all lines, in the order of their folders, each draw has an equal part. @param {number} count */
function linesByDraw(count) {
  const lines = allLines();
  return Array.from({ length: count }, (_, draw) => {
    const [from, to] = [draw, draw + 1].map((end) => Math.floor((lines.length * end) / count));
    return lines.slice(from, to);
  });
}

/** Resolves with a random mutant of the lines that compiles. @param {Mutant[][]} lines @param {() => number} random */
async function draw(lines, random) {
  for (;;) {
    const line = lines[Math.floor(random() * lines.length)] ?? [];
    const mutant = line[Math.floor(random() * line.length)];
    if (mutant && (await compilesWith(mutant))) return mutant;
  }
}

/** Returns the mutants of each line that has some. @returns {Mutant[][]} */
function allLines() {
  const pattern = patternOf(values.files);
  const names = readdirSync(join(copy, 'src'), { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => name.endsWith('.ts')).map((name) => `src/${name}`);
  return files
    .filter((file) => pattern.test(file))
    .sort((a, b) => compare(dirname(a), dirname(b)) || compare(a, b))
    .flatMap((file) => {
      const lines = /** @type {Map<number, Mutant[]>} */ (new Map());
      for (const mutant of mutantsOf(readFileSync(join(copy, file), 'utf8')))
        lines.set(mutant.line, [...(lines.get(mutant.line) ?? []), { ...mutant, file }]);
      return [...lines.values()];
    });
}

/** @param {string} a @param {string} b */
function compare(a, b) {
  return a < b ? -1 : Number(a > b);
}

/** @param {Mutant} mutant */
async function compilesWith(mutant) {
  const path = join(copy, mutant.file);
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, broken(text, mutant));
  const compiles = await compilesNow();
  writeFileSync(path, text);
  return compiles;
}

async function compilesNow() {
  return (await run(copy, ['node_modules/typescript/bin/tsc', '-p', '.'])) === 0;
}

/** Resolves with the test that catches the mutant, if any; nearest first. @param {Mutant} mutant @param {string} text of its file */
async function catcherOf(mutant, text) {
  const path = join(copy, mutant.file);
  let count = 0;
  for (const group of [...related(mutant.file), ...pagesFor(mutant.file)]) {
    const tests = group.filter((test) => sound.get(test) !== false);
    while (tests.length > 0) {
      writeFileSync(path, broken(text, mutant));
      const failure = await failureOf(copy, tests, values.workers);
      // On a busy machine, a test may fail for that reason.
      const again = failure && (await failureOf(copy, failure.tests, values.workers));
      writeFileSync(path, text);
      if (!failure) break;
      if (again && (await areSound(failure.tests))) return again.said;
      if (!again) console.log(`   ${failure.said}: not a second time`);
      // A test that fails without the mutant, too, has caught nothing: repeat without it.
      tests.splice(0, tests.length, ...tests.filter((test) => !failure.tests.includes(test)));
    }
    count += tests.length;
  }
  return `MISSED by ${count} test files`;
}

/** Returns the tests in Chromium, if they were requested. @param {string} file @returns {string[][]} */
function pagesFor(file) {
  if (!values.pages || !SHOWN.test(file)) return [];
  return [
    readdirSync(join(copy, PAGES), { recursive: true, encoding: 'utf8' }).flatMap((name) =>
      name.endsWith('.spec.ts') ? [`${PAGES}${name}`] : [],
    ),
  ];
}

/** Whether all test files pass without a mutant. @param {string[]} tests */
async function areSound(tests) {
  for (const test of tests) {
    if (!sound.has(test)) sound.set(test, (await failureOf(copy, [test], values.workers)) === undefined);
    if (!sound.get(test)) console.log(`   ${test} fails where nothing is broken: left out`);
  }
  return tests.every((test) => sound.get(test));
}

/** @param {string} text @param {Mutant} mutant */
function broken(text, { start, end, to }) {
  return text.slice(0, start) + to + text.slice(end);
}

/** Returns the differing part of the line, before and after. @param {Mutant} mutant @param {string} text */
function changeOf({ start, end, to }, text) {
  const before = text.slice(text.lastIndexOf('\n', start) + 1, start).trimStart();
  const after = text.slice(end, (text.indexOf('\n', end) + 1 || text.length + 1) - 1);
  const removed = text.slice(start, end).replace(/\s+/g, ' ');
  return `${before}⟦${removed}⟧${after.slice(0, 40)} → ⟦${to.replace(/\s+/g, ' ')}⟧`;
}

/** @param {string} glob with `*` and `**` */
function patternOf(glob) {
  const escaped = glob.replace(/[.+^${}()|[\]\\?]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\*\*\/?|\*/g, (stars) => (stars === '*' ? '[^/]*' : '.*'))}$`);
}

/** Returns a random number generator (mulberry32). @param {number} seed */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
