import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type TestProjectInlineConfiguration } from 'vitest/config';
import { canHaveNchan } from './scripts/install/nginx.mjs';
import { canHaveRedis } from './scripts/install/redis.mjs';

/** Of the random tests: how much they do, and with which numbers (test/support/random/fuzz.ts); and which cases are drawn (drawn.ts). */
const budget = Number(process.env['FUZZ'] ?? (process.env['TEST_ALL'] ? 500 : 200));
const seed = Number(process.env['SEED'] ?? Math.floor(Date.now() / 1000));
console.log(`Random tests: SEED=${seed} FUZZ=${budget}`);

/** A test that takes long on a busy machine hasn't failed for that: this ends those that hang. */
const testTimeout = 120_000 * Math.max(1, budget / 1000);
/** Servers of tests are on this machine, and no proxy that a developer has must come between. Programs that tests start inherit this. */
const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]);
const env = { SEED: String(seed), ...Object.fromEntries(proxies.map((name) => [name, ''])) };
// Tests that say that they are concurrent wait for most of the time.
const shared = { provide: { budget, seed }, env, testTimeout, hookTimeout: 60_000, maxConcurrency: 30 };

/** There is no module of that name outside of VS Code. */
const resolve = { alias: { vscode: fileURLToPath(new URL('./test/support/vscode/index.ts', import.meta.url)) } };

/** Imports the page on `/` as text, as the builds do. */
const htmlAsText: Plugin = {
  name: 'html as text',
  enforce: 'pre',
  load: (id) => (id.endsWith('.html') ? `export default ${JSON.stringify(readFileSync(id, 'utf8'))};` : undefined),
};

/** The tests of the rooms that open no socket and no file, and don't look at their process's CPU time, as the search of a history does. */
const PURE = ['stream', 'text', 'turns', 'script', 'support', 'webview', 'analysis', 'client/request'].map(
  (room) => `test/${room}/**/*.test.ts`,
);
/** Folders of tests that need Redis. */
const REDIS = ['test/{server,api}/redis/**', 'test/cli/redis*.test.ts'];
const TIMING = '**/*.timing.test.ts';

const projects: TestProjectInlineConfiguration[] = [
  // Pure ones, which measure nothing: the threads share their process's memory and time, and the files a thread's modules.
  {
    resolve,
    test: {
      ...shared,
      name: 'unit',
      include: PURE,
      exclude: [TIMING],
      pool: 'threads',
      isolate: false,
      maxWorkers: '100%',
    },
  },
  {
    resolve,
    plugins: [htmlAsText],
    test: {
      ...shared,
      name: 'server',
      include: ['server', 'api', 'cli', 'client', 'clients', 'extension'].map((room) => `test/${room}/**/*.test.ts`),
      exclude: [
        TIMING,
        ...PURE,
        ...(canHaveNchan() ? [] : ['test/client/http/nchan.test.ts']),
        ...(canHaveRedis() ? [] : REDIS),
      ],
      globalSetup: 'test/support/programs/programs.ts',
      // Each file is a process of its own: they count its handles. Most of the time they wait.
      pool: 'forks',
      maxWorkers: 4,
      // As with the pages' tests; the reporter says which needed it.
      retry: process.env['CI'] ? 1 : 0,
      sequence: { groupOrder: 1 },
    },
  },
  {
    resolve,
    plugins: [htmlAsText],
    test: {
      ...shared,
      name: 'timing',
      include: [`test/${TIMING}`],
      globalSetup: 'test/support/programs/programs.ts',
      // They measure their own process's time and memory, on busy machines as well, but not beside each other.
      pool: 'forks',
      maxWorkers: 1,
      // What is slow, or too large, is so each time; a neighbour that is, isn't.
      retry: 2,
      sequence: { groupOrder: 2 },
    },
  },
  {
    test: {
      ...shared,
      name: 'package',
      include: ['test/package/**/*.test.ts'],
      globalSetup: 'test/support/package/packed.ts',
      maxWorkers: '100%',
      sequence: { groupOrder: 3 },
    },
  },
];

export default defineConfig({ test: { projects } });
