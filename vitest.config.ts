import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { canHaveNchan } from './scripts/install.mjs';

/** Of the random tests: how much they do, and with which numbers (test/support/fuzz.ts). */
const budget = Number(process.env['FUZZ'] ?? 1000);
const seed = Number(process.env['SEED'] ?? Math.floor(Date.now() / 1000));
console.log(`Random tests: SEED=${seed} FUZZ=${budget}`);

/** A test that takes long on a busy machine hasn't failed for that: this ends those that hang. */
const testTimeout = 120_000 * Math.max(1, budget / 1000);
const shared = { provide: { budget, seed }, testTimeout, hookTimeout: 60_000 };

/** There is no module of that name outside of VS Code. */
const resolve = { alias: { vscode: fileURLToPath(new URL('./test/server/vscode.ts', import.meta.url)) } };

const projects: TestProjectInlineConfiguration[] = [
  // Pure ones, which measure nothing: the threads share their process's memory and time.
  { resolve, test: { ...shared, name: 'unit', include: ['test/unit/**/*.test.ts'], pool: 'threads' } },
  {
    resolve,
    test: {
      ...shared,
      name: 'server',
      include: ['test/server/**/*.test.ts'],
      exclude: canHaveNchan() ? [] : ['test/server/nchan.test.ts'],
      globalSetup: 'test/support/programs.ts',
      // Each file is a process of its own: they count its handles. Most of the time they wait.
      pool: 'forks',
      maxWorkers: 3,
      // As with the pages' tests; the reporter says which needed it.
      retry: process.env['CI'] ? 1 : 0,
      sequence: { groupOrder: 1 },
    },
  },
  {
    resolve,
    test: {
      ...shared,
      name: 'timing',
      include: ['test/timing/**/*.test.ts'],
      globalSetup: 'test/support/programs.ts',
      // They measure time, the processor's and the clock's, and memory: nothing of ours runs beside them.
      pool: 'forks',
      maxWorkers: 1,
      // What is slow, or too large, is so each time; a neighbour that is, isn't.
      retry: 2,
      sequence: { groupOrder: 2 },
    },
  },
  { test: { ...shared, name: 'package', include: ['test/package/**/*.test.ts'], sequence: { groupOrder: 3 } } },
];

export default defineConfig({ test: { projects } });
