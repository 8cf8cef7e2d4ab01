// Our pages in plain Chromium, with their part of VS Code's extension host in this process: needs the bundles in dist/
// (`node scripts/build.mjs`, or the packaging), but no VS Code.
import { defineConfig } from '@playwright/test';
import { browserOptions } from '../../scripts/install/browser.mjs';
import { isLong } from '../support/random/drawn';
import { printSeed } from '../support/random/printSeed';
import type { PanelOptions } from './support/fixtures';

printSeed();

export default defineConfig<PanelOptions>({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../test-results/panels',
  // Outside of VS Code, the module `vscode` doesn't exist; its double is used instead.
  tsconfig: './vscodeAlias.json',
  // Each test has its own ports, files and page.
  fullyParallel: true,
  ...(isLong ? {} : { grepInvert: /@long/ }),
  // Three workers keep two cores at work: a test waits for messages and frames for a third of its time.
  workers: 3,
  timeout: 60_000,
  // A single retry if the result decides whether a change lands; tests that needed it are listed at the end.
  retries: process.env['CI'] ? 1 : 0,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: '../../test-results/panels.json' }]],
  use: { launchOptions: browserOptions(), reuseContext: true },
});
