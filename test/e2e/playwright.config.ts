import { defineConfig } from '@playwright/test';
import { browserOptions } from '../../scripts/install/browser.mjs';
import { isLong } from '../support/random/drawn';
import { printSeed } from '../support/random/printSeed';
import { FORWARD, type VSCodeOptions } from './support/fixtures';

printSeed();
const browser = browserOptions();
const forwarding = { ...browser, args: [...browser.args, FORWARD] };
/** A browser in which names of other sites resolve to this machine. */
const attacking = { ...browser, args: [...browser.args, '--host-resolver-rules=MAP *.test 127.0.0.1'] };

const EVERY_VERSION = [
  'counter.spec.ts',
  'inspector.spec.ts',
  'reload.spec.ts',
  'served.spec.ts',
  'folder.spec.ts',
  'findings.spec.ts',
  'result.spec.ts',
  'hostileText.spec.ts',
  'killedHost.spec.ts',
  'saving.spec.ts',
  'tableMenu.spec.ts',
  'find.spec.ts',
  'palette.spec.ts',
];

export default defineConfig<object, VSCodeOptions>({
  testDir: '.',
  outputDir: '../../test-results/e2e',
  globalSetup: './bridge/bridge.ts',
  // Tests of a file don't wait for each other: the last file would have one worker, and the others none.
  fullyParallel: true,
  // Each worker has its own VS Code, whose counter has its own port. One more than the cores that there are at least: a test
  // in VS Code waits for counts and drawn frames for half of its time.
  workers: 3,
  ...(isLong ? {} : { grepInvert: /@long/ }),
  timeout: 180_000,
  // In CI, failed tests are retried once; those that pass then are listed at the end.
  retries: process.env['CI'] ? 1 : 0,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: '../../test-results/e2e.json' }]],
  use: {
    launchOptions: browser,
  },
  projects: [
    // First, so that its one worker runs beside those of the others, not after them.
    {
      name: 'VS Code 1.100',
      testMatch: EVERY_VERSION,
      ...(isLong ? {} : { grep: /@smoke/ }),
      // Each worker would start a VS Code for its few tests.
      ...(isLong ? {} : { workers: 1 }),
      use: { vscodeVersion: '1.100' },
    },
    {
      name: 'page',
      testMatch: ['page.spec.ts', 'eventSource.spec.ts', 'mock.spec.ts'],
      use: { reuseContext: true },
    },
    { name: 'attack', testMatch: 'attack.spec.ts', use: { launchOptions: attacking } },
    {
      name: 'direct',
      testMatch: isLong ? ['public.spec.ts', 'reach.spec.ts'] : 'public.spec.ts',
      grep: /@everywhere/,
      // The default for users: port 8080.
      use: { vscodeVersion: '1.100', direct: true, defaultPort: !isLong, launchOptions: forwarding },
    },
    {
      name: 'VS Code 1.139',
      testMatch: [...EVERY_VERSION, 'reach.spec.ts', 'hang.spec.ts'],
      // Each test runs once, unless all do.
      ...(isLong ? {} : { grepInvert: /@long|@smoke/ }),
      use: { vscodeVersion: '1.139' },
    },
    {
      name: 'direct, password',
      // There is one default port.
      workers: 1,
      testMatch: isLong ? 'reach.spec.ts' : [],
      grep: /@everywhere/,
      use: { direct: true, password: 'open, sesame', defaultPort: true, launchOptions: forwarding },
    },
    {
      name: 'proxy, password',
      testMatch: isLong ? 'reach.spec.ts' : [],
      grep: /@everywhere/,
      use: { password: 'open, sesame' },
    },
  ],
});
