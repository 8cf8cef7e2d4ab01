// `npm test`: installs missing parts, then runs the checks that each change needs, the quick ones first. `npm run test:all`
// (this with --all) adds the long ones. The last line counts the tests.
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { announceDownloads } from './install/announceDownloads.mjs';
import { ensureBrowser } from './install/browser.mjs';
import { ensureDependencies } from './install/dependencies.mjs';
import { ensureNchan, findNchan } from './install/nginx.mjs';
import { ensureRedis, findRedis } from './install/redis.mjs';
import { ensureNode, ensureVSCode, VSCODES } from './install/vscode.mjs';
import { run } from './process.mjs';

const BIN = {
  tsc: 'node_modules/typescript/bin/tsc',
  biome: 'node_modules/@biomejs/biome/bin/biome',
  vitest: 'node_modules/vitest/vitest.mjs',
  playwright: 'node_modules/@playwright/test/cli.js',
};
const RESULTS = 'test-results';
const windows = process.platform === 'win32';
const all = process.argv.includes('--all');
/** Environment for more runs of the random tests, in the long checks. */
const LONG_FUZZ = { FUZZ: '10000' };

/** Numbers of passed and failed tests, as counted by their runners. */
const counts = { passed: 0, failed: 0 };
const failures = /** @type {string[]} */ ([]);
/** Failed tests, each with the beginning of its error; repeated at the end, as the output of a long run may be truncated. */
const failedTests = /** @type {string[]} */ ([]);
/** Names of the tests that passed only when retried. */
const flakyTests = /** @type {string[]} */ ([]);
/** Maximum length of an error at the end, in lines. */
const MAX_ERROR_LINES = 12;

/**
 * @typedef {{ status: string, fullName: string, failureMessages: string[] }} VitestTest
 * @typedef {{ numPassedTests: number, testResults: { name: string, status: string, message: string, assertionResults: VitestTest[] }[] }} VitestReport
 * @typedef {{ file: string, title: string, tests: { projectName: string, status: string, results: { errors: { message: string }[] }[] }[] }} PlaywrightSpec
 * @typedef {{ specs: PlaywrightSpec[], suites?: PlaywrightSuite[] }} PlaywrightSuite
 * @typedef {{ stats: { expected: number, flaky: number }, suites: PlaywrightSuite[], errors: { message: string }[] }} PlaywrightReport
 */

const started = performance.now();
await rm(RESULTS, { recursive: true, force: true });
await mkdir(RESULTS, { recursive: true });
await step('dependencies', async () => {
  await ensureDependencies();
  // Third-party clients and servers that ours are tested with.
  await ensureDependencies('test');
});
await announceDownloads();
const installing = install();
await step('type check', async () => {
  // Everything with the tests, then the code of each runtime with only the APIs that it has.
  for (const config of ['.', 'tsconfig.pure.json', 'tsconfig.node.json', 'tsconfig.page.json'])
    await node(BIN.tsc, '-p', config);
});
await step('lint', () => node(BIN.biome, 'check', '--error-on-warnings'));
// They run one at a time and measure what their own process takes, so that they can share the machine.
const timing = installing.servers.catch(() => undefined).then(() => vitest('timing', { log: `${RESULTS}/timing.log` }));
timing.catch(() => undefined);
await step('unit tests', () => vitest('unit'));
if (!findNchan() || !findRedis()) await step('nginx with nchan, Redis', () => installing.servers);
await step('server tests', () => vitest('server'));
await step('package', async () => {
  const { packageExtension } = await import('./package.mjs');
  await packageExtension();
});
await step('package check', () => vitest('package'));
await step('timing tests', () => timing);
await step('page tests', () => playwright('test/webview', 'panels'));
if (windows) console.log('\nThe e2e tests run on Linux and macOS.');
else await step('e2e tests', e2e);
if (all) await longOnes();

if (flakyTests.length > 0) console.log(`\nPassed at the second go alone:\n- ${flakyTests.join('\n- ')}`);
if (failedTests.length > 0) console.log(`\nFailed:\n- ${failedTests.join('\n- ')}`);
const failed = failures.length > 0 ? `Failed: ${failures.join(', ')}` : 'All is well';
console.log(`\n${failed} (${((performance.now() - started) / 60_000).toFixed(1)} min)`);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(failures.length > 0 ? 1 : 0);

/** Runs a step; if it fails, the following ones still run. @param {string} name @param {() => Promise<void>} act */
async function step(name, act) {
  console.log(`\n── ${name}`);
  const begun = performance.now();
  try {
    await act();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    failures.push(name);
    // Nothing can be checked without the dependencies.
    if (name === 'dependencies') process.exit(1);
  }
  console.log(`── ${name}: ${((performance.now() - begun) / 1000).toFixed(0)} s`);
}

/** Installs what the later tests need, one after the other, beside the first ones: most of it is waiting for the network. */
function install() {
  const nchan = ensureNchan();
  const redis = nchan.then(ensureRedis, ensureRedis);
  const browser = redis.then(ensureBrowser, ensureBrowser);
  const editors = browser.then(ensureVSCodes, ensureVSCodes);
  const servers = together(nchan, redis);
  // The steps that need it tell what went wrong with it.
  for (const part of [servers, browser, editors]) part.catch(() => undefined);
  return { servers, browser, editors };
}

async function ensureVSCodes() {
  if (windows) return;
  for (const version of Object.keys(VSCODES)) await ensureVSCode(/** @type {keyof typeof VSCODES} */ (version));
}

/** Waits for all of them, also when one fails, and then rejects with the first error. @param {Promise<void>[]} acts */
async function together(...acts) {
  for (const result of await Promise.allSettled(acts)) if (result.status === 'rejected') throw result.reason;
}

/** @param {string[]} args */
function node(...args) {
  return run(process.execPath, args);
}

/**
 * @param {string} project
 * @param {{ runtime?: string, env?: Record<string, string>, filter?: string, log?: string }} [options] the Node to run it with,
 *   additions to its environment, a part of the tests' paths, and a file for its output, which is then shown at its end
 */
async function vitest(project, { runtime = process.execPath, env = {}, filter = '', log } = {}) {
  const file = `${RESULTS}/${project}-${counts.passed}.json`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  await counted(
    file,
    (/** @type {VitestReport} */ { numPassedTests, testResults }) => ({
      passed: numPassedTests,
      failed: testResults.flatMap(({ name, status, message, assertionResults }) => {
        const tests = assertionResults
          .filter((test) => test.status === 'failed')
          .map((test) => `${test.fullName}${beginning(test.failureMessages)}`);
        const problems = tests.length === 0 && status === 'failed' ? [message] : tests;
        return problems.map((problem) => `${relative('.', name)}: ${problem}`);
      }),
    }),
    () =>
      logged(log, (stdio) =>
        run(runtime, [BIN.vitest, 'run', '--project', project, filter, ...reporters].filter(Boolean), {
          env: { ...process.env, ...(all ? { TEST_ALL: '1' } : {}), ...env },
          stdio,
        }),
      ),
  );
}

/** Has a program's output written to a file, and shows it at the end; without one, as it comes. @param {string | undefined} path @param {(stdio: import('node:child_process').StdioOptions) => Promise<void>} act */
async function logged(path, act) {
  if (path === undefined) return act('inherit');
  const file = await open(path, 'w');
  try {
    await act(['ignore', file.fd, file.fd]);
  } finally {
    await file.close();
    process.stdout.write(await readFile(path));
  }
}

async function e2e() {
  await installing.editors;
  await playwright('test/e2e', 'e2e');
}

/** @param {string} folder of its tests and their configuration @param {string} report the name that its configuration gives */
async function playwright(folder, report) {
  await installing.browser;
  const env = { ...process.env, ...(all ? { TEST_ALL: '1' } : {}) };
  await counted(
    `${RESULTS}/${report}.json`,
    (/** @type {PlaywrightReport} */ { stats, suites, errors }) => {
      flakyTests.push(...testsOf(suites, ['flaky']));
      const failed = [...testsOf(suites, ['unexpected', 'skipped']), ...errors.map(({ message }) => message)];
      return { passed: stats.expected + stats.flaky, failed };
    },
    () => run(process.execPath, [BIN.playwright, 'test', '-c', folder], { env }),
  );
}

async function longOnes() {
  for (const project of ['unit', 'server'])
    await step(`${project} tests, long random ones`, () => vitest(project, { env: LONG_FUZZ }));
  if (windows) return;
  for (const version of [20, 22, 24].filter((version) => version !== Number(process.versions.node.split('.')[0]))) {
    for (const project of ['unit', 'server'])
      await step(`${project} tests on Node ${version}`, async () => {
        await vitest(project, { runtime: await ensureNode(version) });
      });
    await step(`the npm package on Node ${version}`, async () => {
      await vitest('package', { runtime: await ensureNode(version), filter: 'test/package/npm.test.ts' });
    });
  }
}

/**
 * Runs tests, and adds what their report counts. A runner that dies before it writes one fails with its own error.
 * @template Report
 * @param {string} file the report, as JSON
 * @param {(report: Report) => { passed: number, failed: string[] }} read
 * @param {() => Promise<void>} act
 */
async function counted(file, read, act) {
  try {
    await act();
  } finally {
    if (existsSync(resolve(file))) {
      const { passed, failed } = read(JSON.parse(await readFile(file, 'utf8')));
      counts.passed += passed;
      counts.failed += failed.length;
      failedTests.push(...failed);
    } else {
      counts.failed += 1;
      failedTests.push(`There is no ${file}: the tests’ runner ended before it wrote one.`);
    }
  }
}

/** Returns the tests with one of these results, each with the beginning of its error. @param {PlaywrightSuite[]} suites @param {string[]} ends @returns {string[]} */
function testsOf(suites, ends) {
  return suites.flatMap(({ specs, suites: within = [] }) => [
    ...specs.flatMap(({ file, title, tests }) =>
      tests
        .filter(({ status }) => ends.includes(status))
        .map(({ projectName, results }) => {
          const messages = results.flatMap(({ errors }) => errors.map(({ message }) => message));
          return `${[projectName, file].filter(Boolean).join(', ')}: ${title}${beginning(messages)}`;
        }),
    ),
    ...testsOf(within, ends),
  ]);
}

/** Returns the beginning of an error, indented. @param {string[]} messages */
function beginning(messages) {
  const lines = stripVTControlCharacters(messages.join('\n')).split('\n');
  return lines
    .slice(0, MAX_ERROR_LINES)
    .map((line) => `\n    ${line.slice(0, 300)}`)
    .join('');
}
