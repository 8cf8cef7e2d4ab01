import { defineConfig } from '@playwright/test';
import { browserOptions } from '../../scripts/install.mjs';
import type { VSCodeOptions } from './fixtures';

export default defineConfig<object, VSCodeOptions>({
  testDir: '.',
  outputDir: '../../test-results',
  // One at a time: the counter's port is the same in all.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: '../../test-results/e2e.json' }]],
  use: {
    launchOptions: browserOptions(),
  },
  projects: [
    { name: 'page', testMatch: 'page.spec.ts' },
    { name: 'VS Code 1.139', testMatch: 'counter.spec.ts', use: { vscodeVersion: '1.139' } },
    { name: 'VS Code 1.100', testMatch: 'counter.spec.ts', use: { vscodeVersion: '1.100' } },
  ],
});
