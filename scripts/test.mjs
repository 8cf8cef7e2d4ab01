// `npm test`: installs what is missing, then every check there is, the quick ones first. The last line counts the tests.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { ensureBrowser, ensureDependencies, ensureNchan, ensureVSCode, findNchan, VSCODES } from './install.mjs';
import { run } from './process.mjs';

const BIN = {
  tsc: 'node_modules/typescript/bin/tsc',
  biome: 'node_modules/@biomejs/biome/bin/biome',
  vitest: 'node_modules/vitest/vitest.mjs',
  playwright: 'node_modules/@playwright/test/cli.js',
};
const RESULTS = 'test-results';

/** Tests of each kind, as their runners counted them. */
const counts = { passed: 0, failed: 0 };
const failures = /** @type {string[]} */ ([]);

const started = performance.now();
await rm(RESULTS, { recursive: true, force: true });
await mkdir(RESULTS, { recursive: true });
await step('dependencies', ensureDependencies);
await step('type check', () => node(BIN.tsc, '-p', '.'));
await step('lint', () => node(BIN.biome, 'check', '--error-on-warnings'));
await step('unit tests', () => vitest('unit'));
if (!findNchan()) await step('nginx with nchan', ensureNchan);
await step('server tests', () => vitest('server'));
await step('package', async () => {
  const { packageExtension } = await import('./package.mjs');
  await packageExtension();
});
await step('package check', () => vitest('package'));
if (process.platform === 'win32') console.log('\nThe e2e tests run on Linux and macOS.');
else await step('e2e tests', e2e);

const minutes = ((performance.now() - started) / 60_000).toFixed(1);
console.log(
  failures.length > 0 ? `\nFailed: ${failures.join(', ')} (${minutes} min)` : `\nAll is well (${minutes} min)`,
);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(failures.length > 0 ? 1 : 0);

/** Does one step; where it fails, the ones after it are still done. @param {string} name @param {() => Promise<void>} act */
async function step(name, act) {
  console.log(`\n── ${name}`);
  try {
    await act();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    failures.push(name);
    // Nothing can be checked without them.
    if (name === 'dependencies') process.exit(1);
  }
}

/** @param {string[]} args */
function node(...args) {
  return run(process.execPath, args);
}

/** @param {string} project */
async function vitest(project) {
  const file = `${RESULTS}/${project}.json`;
  try {
    await node(
      BIN.vitest,
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    );
  } finally {
    const { numPassedTests, numFailedTests } = JSON.parse(await readFile(file, 'utf8'));
    counts.passed += numPassedTests;
    counts.failed += numFailedTests;
  }
}

async function e2e() {
  await ensureBrowser();
  for (const version of Object.keys(VSCODES)) await ensureVSCode(/** @type {keyof typeof VSCODES} */ (version));
  try {
    await node(BIN.playwright, 'test', '-c', 'test/e2e');
  } finally {
    const { stats } = JSON.parse(await readFile(`${RESULTS}/e2e.json`, 'utf8'));
    counts.passed += stats.expected;
    counts.failed += stats.unexpected + stats.flaky + stats.skipped;
  }
}
