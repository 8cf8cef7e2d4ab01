// Runs test files up to the first failure: those in Chromium by Playwright, all others by Vitest.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Folder of the tests in Chromium. */
export const PAGES = 'test/webview/';

/** Time without output after which the tests are taken to hang, in milliseconds: longer than any test's own timeout. */
const SILENCE = 120_000;

/**
 * A failure, and the test files that may have caused it.
 * @typedef {{ tests: string[], said: string }} Failure
 */

/**
 * Returns the first failure of the test files, all of the same kind; undefined if they pass.
 * @param {string} folder the tree @param {string[]} tests relative to it @param {string} workers number of concurrent files
 * @returns {Promise<Failure | undefined>}
 */
export async function failureOf(folder, tests, workers) {
  const results = join(folder, 'results.json');
  rmSync(results, { force: true });
  const isPages = tests.every((test) => test.endsWith('.spec.ts'));
  if (isPages && (await run(folder, ['scripts/build.mjs'])) !== 0) return { tests, said: 'the build' };
  const ended = await run(folder, isPages ? playwright(tests, workers) : vitest(tests, workers, results), {
    PLAYWRIGHT_JSON_OUTPUT_FILE: results,
    // A case that isn't drawn each time may be the only one that notices it; of a page, a long test.
    ...(isPages ? { TEST_ALL: '1' } : { ALL_CASES: '1' }),
  });
  if (ended === 0) return undefined;
  if (ended === 'silent') return { tests, said: `time-out: nothing for ${SILENCE / 1000} s from ${tests.join(', ')}` };
  const read = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : {};
  const failed = isPages ? failedSpec(read.suites ?? []) : failedTest(read.testResults ?? [], folder);
  return failed ?? { tests, said: `an error outside of a test, of ${tests.join(', ')}` };
}

/** @param {string[]} tests @param {string} workers @param {string} results */
function vitest(tests, workers, results) {
  const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${results}`];
  return [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--bail=1',
    '--no-cache',
    `--maxWorkers=${workers}`,
    ...reporters,
  ].concat(tests);
}

/** @param {string[]} tests @param {string} workers */
function playwright(tests, workers) {
  const settings = ['-c', PAGES, '--max-failures=1', `--workers=${workers}`, '--reporter=list,json'];
  return [
    'node_modules/@playwright/test/cli.js',
    'test',
    ...settings,
    ...tests.map((test) => test.slice(PAGES.length)),
  ];
}

/**
 * @param {{ name: string, status: string, message: string, assertionResults: { status: string, fullName: string }[] }[]} files
 * @param {string} folder @returns {Failure | undefined}
 */
function failedTest(files, folder) {
  const file = files.find(({ status }) => status === 'failed');
  if (!file) return undefined;
  const test = relative(folder, file.name);
  const failed = file.assertionResults.find(({ status }) => status === 'failed');
  return { tests: [test], said: `${test}: ${failed?.fullName.trim() ?? file.message.split('\n')[0]}` };
}

/**
 * @typedef {{ specs?: { ok: boolean, title: string, file: string, tests: { status: string }[] }[], suites?: Suite[] }} Suite
 * @param {Suite[]} suites @returns {Failure | undefined}
 */
function failedSpec(suites) {
  for (const { specs = [], suites: inner = [] } of suites) {
    // Tests that were not run any more haven't passed either.
    const failed = specs.find(({ tests }) => tests.some(({ status }) => status === 'unexpected'));
    if (failed) return { tests: [PAGES + failed.file], said: `${PAGES}${failed.file}: ${failed.title}` };
    const found = failedSpec(inner);
    if (found) return found;
  }
  return undefined;
}

/**
 * Runs a program with Node. Resolves with the exit code; `silent` if it hung and was killed with all its child processes.
 * @param {string} folder @param {string[]} args @param {Record<string, string>} more environment
 * @returns {Promise<number | null | 'silent'>}
 */
export function run(folder, args, more = {}) {
  const env = { ...process.env, ...more };
  const child = spawn(process.execPath, args, { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = () => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL');
  // Before the removal of the tree that it writes to.
  process.prependOnceListener('exit', kill);
  return new Promise((done) => {
    const hang = () => {
      done('silent');
      kill();
    };
    let silence = setTimeout(hang, SILENCE);
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(hang, SILENCE);
    };
    child.stdout.on('data', heard);
    child.stderr.on('data', heard);
    child.once('exit', (code) => {
      clearTimeout(silence);
      process.off('exit', kill);
      done(code);
    });
  });
}
