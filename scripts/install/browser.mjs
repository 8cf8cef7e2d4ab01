import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../process.mjs';

/** Chromium without windows: the same pages take a fifth less of the processor, as nothing is put together for a screen. */
const SHELL = 'chromium-headless-shell';

/** Whether Chromium would be installed as a system package: only if we have permission to do so. */
export function installsChromium() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/** Installs a browser for the tests, unless there is one. */
export async function ensureBrowser() {
  if (await hasBrowser()) return;
  console.log('No Chrome, Edge or Chromium found: installing Chromium …');
  if (installsChromium()) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env });
    /** @param {string} name */
    const add = (name) =>
      run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], {
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    // Older systems have it with windows only.
    await add(SHELL).catch(() => add('chromium'));
  } else {
    await run(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium']);
  }
  if (await hasBrowser()) return;
  throw new Error('No browser for the tests: install Chrome, Edge or Chromium, or set CHROME_PATH to one.');
}

/**
 * Returns the machine's own Chrome, Edge or Chromium, or the one in CHROME_PATH; undefined if there is none: Playwright then
 * uses its own.
 * @returns {string | undefined}
 */
function findBrowser() {
  const { CHROME_PATH, PATH = '' } = process.env;
  const names = [
    SHELL,
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'microsoft-edge-stable',
  ];
  const apps = ['Google Chrome', 'Microsoft Edge', 'Chromium'];
  const candidates = [
    ...(CHROME_PATH ? [CHROME_PATH] : []),
    ...names.flatMap((name) => PATH.split(':').map((folder) => join(folder, name))),
    ...apps.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`),
  ];
  return candidates.find((candidate) => existsSync(candidate));
}

export async function hasBrowser() {
  const { chromium } = await import('@playwright/test');
  return existsSync(findBrowser() ?? chromium.executablePath());
}

/** Returns Playwright's options for that browser: without a sandbox if run as root, and without background traffic. */
export function browserOptions() {
  const executablePath = findBrowser();
  const root = process.getuid?.() === 0;
  return {
    ...(executablePath ? { executablePath } : {}),
    args: [
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...(root ? ['--no-sandbox'] : []),
    ],
  };
}
