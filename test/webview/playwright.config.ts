// Our pages in plain Chromium, with what stands behind them in VS Code's extension host in this process: needs the bundles in
// dist/ (`node scripts/build.mjs`, or the packaging), and no VS Code.
import { defineConfig } from '@playwright/test';
import { browserOptions } from '../../scripts/install.mjs';
import type { PanelOptions } from './support/fixtures';

export default defineConfig<PanelOptions>({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../test-results/panels',
  // There is no module `vscode` outside of VS Code: here, it is the double.
  tsconfig: './vscodeAlias.json',
  // Each test has its own ports, files and page.
  fullyParallel: true,
  ...(process.env['TEST_ALL'] ? {} : { grepInvert: /@long/ }),
  workers: 2,
  timeout: 60_000,
  // Where it is decided whether a change lands, a second go: those that need it are named at the end.
  retries: process.env['CI'] ? 1 : 0,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: '../../test-results/panels.json' }]],
  use: { launchOptions: browserOptions() },
});
