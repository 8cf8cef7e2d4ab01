// Costs of the extension in a real VS Code: the packaged one, compared with an empty one.
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { createVSIX } from '@vscode/vsce';
import { startCodeServer, UNCOVERED } from '../../scripts/codeServer.mjs';
import { browserOptions, ensureBrowser } from '../../scripts/install/browser.mjs';
import { packageExtension } from '../../scripts/package.mjs';
import { runCommand } from '../../scripts/palette.mjs';
import { extensionHost } from './extensionHost.mjs';
import { measureInspector } from './inspector.mjs';
import { usage } from './usage.mjs';

const BUNDLES = [
  'dist/extension.cjs',
  'dist/counter.cjs',
  'dist/counter.js',
  'dist/inspector.cjs',
  'dist/inspector.js',
];
const EMPTY = { name: 'empty', version: '1.0.0', publisher: 'bench', engines: { vscode: '^1.100.0' } };
/** Time for a new window to settle, in milliseconds. */
const SETTLING = 10_000;
/** Interval of memory samples, in milliseconds. */
const LOOK = 30_000;
/** Number of clients with a count at 10 ms each, while memory is watched. */
const FAST_CLIENTS = 10;

/**
 * Measures in one VS Code. Passes the figures of each round to `add`.
 * @param {{ rounds: number, minutes: number }} size number of times the window is opened; time memory is watched
 * @param {(name: string, figures: Record<string, number>) => void} add
 */
export async function measureEditor({ rounds, minutes }, add) {
  await ensureBrowser();
  const ours = await packageExtension();
  add('ours', { 'VSIX (bytes)': (await stat(ours)).size });
  for (const file of BUNDLES) add('ours', { [`${file} (bytes)`]: (await stat(file)).size });
  const empty = await packageEmpty();
  const settings = { ...UNCOVERED, 'sseCounter.port': 0 };
  const server = await startCodeServer({ version: '1.139', extensions: [ours, empty.vsix], settings });
  const browser = await chromium.launch(browserOptions());
  try {
    for (let round = 1; round <= rounds; round += 1) {
      console.log(`editor, round ${round}`);
      await openWindow(browser, server, round % 2 === 1, add);
    }
    const page = await openWorkbench(browser, server);
    await wait(SETTLING);
    await measureInspector(page, server, { rounds, seconds: 60 }, add);
    await page.close();
    await watchPanel(browser, server, minutes, add);
  } finally {
    await browser.close();
    await server.close();
    await rm(empty.folder, { recursive: true });
  }
}

/** Packages an extension with one command that does nothing. */
async function packageEmpty() {
  const folder = await mkdtemp(join(tmpdir(), 'empty-extension-'));
  const commands = [{ command: 'empty.run', title: 'Run the Empty Extension' }];
  const manifest = { ...EMPTY, main: './main.js', activationEvents: ['onStartupFinished'], contributes: { commands } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'README.md'), 'It does nothing.');
  await writeFile(join(folder, 'LICENSE'), 'MIT');
  const main = `const { commands } = require('vscode');
    exports.activate = (context) => context.subscriptions.push(commands.registerCommand('empty.run', () => {}));`;
  await writeFile(join(folder, 'main.js'), main);
  const vsix = join(folder, 'empty.vsix');
  await createVSIX({ cwd: folder, packagePath: vsix, allowMissingRepository: true });
  return { folder, vsix };
}

/** @typedef {(name: string, figures: Record<string, number>) => void} Add */

/**
 * Measures from a new window to the first count; then reads VS Code's activation times of both extensions.
 * @param {import('@playwright/test').Browser} browser @param {import('../../scripts/codeServer.mjs').CodeServer} server
 * @param {boolean} emptyFirst @param {Add} add
 */
async function openWindow(browser, server, emptyFirst, add) {
  const page = await openWorkbench(browser, server);
  // VS Code's own extensions are activated first: ours would have to wait for them.
  await wait(SETTLING);
  const commands = ['Run the Empty Extension', 'Start SSE Counter'];
  // The second extension finds modules that the first had to load: so they alternate in being first.
  for (const command of emptyFirst ? commands : commands.reverse()) await runCommand(page, command);
  const panel = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await panel.locator('#count').filter({ hasText: '2' }).waitFor();
  const clicked = await page.evaluate(() => Reflect.get(globalThis, 'startedAt'));
  const { live, counted } = await panel.locator('body').evaluate(() => Reflect.get(globalThis, 'seenAt'));
  add('ours', { 'command to Live (ms)': live - clicked, 'command to first count (ms)': counted - clicked });
  await runCommand(page, 'Developer: Show Running Extensions');
  for (const [name, title] of Object.entries({ 'ours': 'SSE Counter', 'an empty extension': EMPTY.name })) {
    const row = page.locator('.extension').filter({ has: page.getByText(title, { exact: true }) });
    const [, time] = /Activation: (\d+)ms/.exec((await row.locator('.activation-time').textContent()) ?? '') ?? [];
    add(name, { 'activation, as VS Code says (ms)': Number(time) });
  }
  await page.close();
}

/** Opens a window that records, in each frame, when the counter was started, live, and counting. @param {import('@playwright/test').Browser} browser @param {import('../../scripts/codeServer.mjs').CodeServer} server */
async function openWorkbench(browser, server) {
  const folder = join(server.home, 'folder');
  await mkdir(folder, { recursive: true });
  // High enough for the whole list of running extensions.
  const page = await browser.newPage({ viewport: { width: 1280, height: 1600 } });
  await page.addInitScript(() => {
    const seenAt = { live: 0, counted: 0 };
    Object.assign(globalThis, { seenAt });
    const noteStart = (/** @type {MouseEvent} */ { target }) => {
      const row = target instanceof Element ? target.closest('.monaco-list-row') : null;
      if (row?.ariaLabel?.startsWith('Start SSE Counter')) Object.assign(globalThis, { startedAt: Date.now() });
    };
    addEventListener('mousedown', noteStart, true);
    // Polls, because VS Code rewrites the panel's document, and no observer survives that.
    const looking = setInterval(() => {
      if (document.querySelector('#state')?.textContent?.trim() === 'Live') seenAt.live ||= Date.now();
      if (document.querySelector('#count')?.textContent?.trim() === '1') seenAt.counted ||= Date.now();
      if (seenAt.counted > 0) clearInterval(looking);
    }, 5);
  });
  await page.goto(`${server.url}/?folder=${folder}`);
  await page.locator('.monaco-workbench').waitFor();
  return page;
}

/**
 * Measures the growth of the extension host, and the page's time per event, with the panel open and clients at 10 ms.
 * @param {import('@playwright/test').Browser} browser @param {import('../../scripts/codeServer.mjs').CodeServer} server
 * @param {number} minutes @param {Add} add
 */
async function watchPanel(browser, server, minutes, add) {
  console.log(`editor: memory, ${minutes} min`);
  const page = await openWorkbench(browser, server);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await wait(SETTLING);
  const idleFrom = await taskTime(session);
  await wait(LOOK);
  const idle = ((await taskTime(session)) - idleFrom) / LOOK;
  await runCommand(page, 'Start SSE Counter');
  const panel = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  const count = panel.locator('#count');
  await count.filter({ hasText: '2' }).waitFor();
  const url = (await panel.locator('#address').textContent()) ?? '';
  const requests = Array.from({ length: FAST_CLIENTS }, () => get(`${url}?interval=10`, (stream) => stream.resume()));
  const host = extensionHost(server);
  // Excludes the cost of opening.
  await wait(LOOK);
  const counted = async () => Number(await count.textContent());
  const first = { time: performance.now(), page: await taskTime(session), count: await counted() };
  const memory = [usage(host).memory];
  for (let passed = 0; passed < minutes * 60_000; passed += LOOK) {
    await wait(LOOK);
    memory.push(usage(host).memory);
  }
  const worked = (await taskTime(session)) - first.page - idle * (performance.now() - first.time);
  const events = (await counted()) - first.count;
  for (const request of requests) request.destroy();
  const megabytes = memory.map((bytes) => bytes / 1024 / 1024);
  const half = Math.floor(megabytes.length / 2);
  add('ours', {
    'page: ms of its main thread for an event of the panel, the idle window’s taken off': worked / events,
    [`extension host, ${FAST_CLIENTS} streams at 10 ms: MB at first`]: megabytes[0] ?? 0,
    [`extension host, after ${minutes} min: MB more`]: (megabytes.at(-1) ?? 0) - (megabytes[0] ?? 0),
    [`extension host, highest of the second half beside that of the first: MB more`]:
      Math.max(...megabytes.slice(half)) - Math.max(...megabytes.slice(0, half)),
  });
  await page.close();
}

/** @param {number} milliseconds */
function wait(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Resolves with the time that the page's main thread has worked, in milliseconds. @param {import('@playwright/test').CDPSession} session */
async function taskTime(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
}
