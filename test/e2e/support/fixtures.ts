import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import packageJson from '../../../package.json' with { type: 'json' };
import { type CodeServer, startCodeServer, UNCOVERED } from '../../../scripts/codeServer.mjs';
import type { VSCodeVersion } from '../../../scripts/install/vscode.mjs';
import { BRIDGE_VSIX, Bridge } from '../bridge/bridge';
import { Workbench } from './workbench';

export { expect };

/** Tag of the tests that `npm test` runs in the oldest VS Code alone: each command, each kind of panel, a reload, a recording, a drop. */
export const SMOKE = { tag: '@smoke' };
/** The default of the setting. */
const DEFAULT_PORT = 8080;
/** First port of the workers, and the number of ports for each: the counter's, and those of other servers. */
const FIRST_PORT = 18_080;
const PORTS = 20;
const MAX_WORKERS = 8;

function portOf(worker: number): number {
  return FIRST_PORT + worker * PORTS;
}

/** Returns the address that a port is forwarded to. */
export function forwarded(port: number): string {
  return `http://${port}.forwarded.test`;
}

/** The browser's switch for this forwarding, for the counter of each worker. */
export const FORWARD = `--host-resolver-rules=${[
  DEFAULT_PORT,
  ...Array.from({ length: MAX_WORKERS }, (_, worker) => portOf(worker)),
]
  .map((port) => `MAP ${new URL(forwarded(port)).host} 127.0.0.1:${port}`)
  .join(',')}`;

export interface VSCodeOptions {
  vscodeVersion: VSCodeVersion;
  /** Whether the panel reaches the server directly, as through a forwarded port, or through VS Code's proxy. */
  direct: boolean;
  /** The password of VS Code; empty if it has none. */
  password: string;
  /** Whether the port is the default, 8080. Else each worker has a port of its own, so that several can run. */
  defaultPort: boolean;
}

interface WorkerFixtures extends VSCodeOptions {
  /** The counter's port. */
  port: number;
  eventUrl: string;
  bridge: Bridge;
  codeServer: CodeServer;
  /** The window shared by the tests of one VS Code. */
  window: Workbench;
}

export const test = base.extend<{ workbench: Workbench }, WorkerFixtures>({
  vscodeVersion: ['1.139', { option: true, scope: 'worker' }],
  direct: [false, { option: true, scope: 'worker' }],
  password: ['', { option: true, scope: 'worker' }],
  defaultPort: [false, { option: true, scope: 'worker' }],

  port: [
    ({ defaultPort }, use, { parallelIndex }) => use(defaultPort ? DEFAULT_PORT : portOf(parallelIndex)),
    { scope: 'worker' },
  ],
  eventUrl: [({ port }, use) => use(`http://127.0.0.1:${port}/event`), { scope: 'worker' }],

  bridge: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for an object pattern.
    async ({}, use) => {
      const bridge = await Bridge.open();
      await use(bridge);
      bridge.close();
    },
    { scope: 'worker' },
  ],

  codeServer: [
    async ({ vscodeVersion, direct, password, defaultPort, port, bridge }, use) => {
      if (await isListening(port)) throw new Error(`Port ${port} must be free for these tests.`);
      const vsix = `${packageJson.name}-${packageJson.version}.vsix`;
      const server = await startCodeServer({
        version: vscodeVersion,
        extensions: [vsix, BRIDGE_VSIX],
        settings: { ...UNCOVERED, ...(defaultPort ? {} : { 'sseCounter.port': port }) },
        env: { ...bridge.env, ...(direct ? { VSCODE_PROXY_URI: 'http://{{port}}.forwarded.test/' } : {}) },
        ...(password ? { password } : {}),
      });
      await use(server);
      await server.close();
    },
    { scope: 'worker', timeout: 180_000 },
  ],

  window: [
    async ({ browser, codeServer, password, bridge }, use) => {
      const folder = join(codeServer.home, 'folder');
      await mkdir(folder);
      await writeFile(join(folder, 'notes.txt'), 'A file beside the counter.\n');
      const context = await browser.newContext({
        permissions: ['clipboard-read', 'clipboard-write'],
        viewport: { width: 1200, height: 760 },
      });
      const workbench = new Workbench(await context.newPage(), bridge, folder);
      if (password) await workbench.logIn(codeServer.url, password);
      await workbench.open(`${codeServer.url}/?folder=${folder}`);
      await use(workbench);
      await context.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  /** The shared window; after the test its panels are closed, and a screenshot is taken if the test failed. */
  workbench: async ({ window, port }, use, testInfo) => {
    // Files that an earlier test has saved would be served with those of this one.
    const left = (await readdir(window.folder)).filter((name) => name !== 'notes.txt');
    await Promise.all(left.map((name) => rm(join(window.folder, name), { recursive: true })));
    await use(window);
    if (testInfo.status !== testInfo.expectedStatus) {
      await window.page.screenshot({ path: testInfo.outputPath('window.png') });
    }
    await window.run('View: Close All Editors');
    await expect(window.tab).toBeHidden();
    // If other processes use the CPU, the panel closes before its server does.
    await expect.poll(() => isListening(port), { intervals: [20] }).toBe(false);
    expect(window.failures.splice(0)).toEqual([]);
  },
});

/** A curl that runs beside VS Code. */
export interface Curl {
  /** Resolves with the text received up to and including `end`, as soon as that has been received. */
  until(end: string): Promise<string>;
  exitCode: Promise<number | null>;
  kill(): void;
}

/** Runs a command line as if pasted into a terminal. */
export function runInShell(line: string): Curl {
  const shell = spawn('sh', ['-c', `exec ${line}`], { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  shell.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const exitCode = once(shell, 'close').then(([code]) => code as number | null);
  const until = async (end: string) => {
    await expect.poll(() => text, { intervals: [50] }).toContain(end);
    return text.slice(0, text.indexOf(end) + end.length);
  };
  return { until, exitCode, kill: () => shell.kill() };
}

/** Whether something listens on the port. */
export async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const connected = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  });
  socket.destroy();
  return connected;
}

/** Listens on the port like another program, once it is free. Resolves with a function that releases it. */
export async function occupy(port: number): Promise<() => Promise<unknown>> {
  const server = createServer();
  await expect(async () => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  }).toPass();
  return () => new Promise((resolve) => server.close(resolve));
}
