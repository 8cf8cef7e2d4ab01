// Installs what is missing, and only then: the dependencies, a browser, a VS Code.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { npm, run } from './process.mjs';

/** The VS Codes that we run in here: code-server, which is the same workbench and extension host, from npm. */
export const VSCODES = {
  '1.139': { codeServer: '4.139.1', node: 24, overrides: {}, modules: [] },
  // Its argon2 and node-pty would have to be compiled; these have prebuilt binaries, and the same API.
  '1.100': {
    codeServer: '4.100.3',
    node: 20,
    overrides: { argon2: '0.44.0' },
    modules: ['node-pty@1.2.0-beta.15'],
  },
};

/** @typedef {keyof typeof VSCODES} VSCodeVersion */

const QUIET = ['--no-audit', '--no-fund', '--loglevel=error'];

/** `npm ci`, unless node_modules is newer than the lock file. */
export async function ensureDependencies() {
  const [lock, installed] = await Promise.all([
    modified('package-lock.json'),
    modified('node_modules/.package-lock.json'),
  ]);
  if (installed >= lock) return;
  console.log('Installing the dependencies …');
  await npm(['ci', ...QUIET]);
}

/** @param {string} file */
async function modified(file) {
  return existsSync(file) ? (await stat(file)).mtimeMs : 0;
}

/**
 * The VS Code of that version, fetched into .vscode-test/ the first time.
 * @param {VSCodeVersion} version
 * @returns {Promise<{ node: string, entry: string }>} the Node to run it with, and its entry point
 */
export async function ensureVSCode(version) {
  const folder = resolve('.vscode-test', version);
  const done = join(folder, 'installed');
  const wanted = JSON.stringify(VSCODES[version]);
  if (!existsSync(done) || (await readFile(done, 'utf8')) !== wanted) {
    await fetchVSCode(version, folder);
    await writeFile(done, wanted);
  }
  // Each time, so that it is never an older one.
  const spdlog = 'node_modules/code-server/lib/vscode/node_modules/@vscode/spdlog/index.js';
  await copyFile('scripts/spdlog.cjs', join(folder, spdlog));
  return {
    node: join(folder, 'node_modules', nodePackage, 'bin/node'),
    entry: join(folder, 'node_modules/code-server/out/node/entry.js'),
  };
}

/** The npm package that carries a Node for this machine; for Apple's chips it has another name. */
const machine = `${process.platform}-${process.arch}`;
const nodePackage = machine === 'darwin-arm64' ? `node-bin-${machine}` : `node-${machine}`;

/** @param {VSCodeVersion} version @param {string} folder */
async function fetchVSCode(version, folder) {
  if (process.platform === 'win32') {
    throw new Error('The embedded VS Code does not run on Windows; install VS Code itself.');
  }
  const { codeServer, node, overrides, modules } = VSCODES[version];
  console.log(`Fetching VS Code ${version} (code-server ${codeServer} from npm) …`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, overrides }));
  // The install scripts compile or download what isn't needed here; the workbench runs without.
  const packages = [`code-server@${codeServer}`, `${nodePackage}@${node}`];
  await npm(['install', ...packages, '--ignore-scripts', ...QUIET], { cwd: folder });
  const server = join(folder, 'node_modules/code-server/lib/vscode');
  await npm(['install', ...modules, '--omit=dev', '--ignore-scripts', ...QUIET], { cwd: server });
}

/** A browser for the tests, unless there is one. */
export async function ensureBrowser() {
  if (await hasBrowser()) return;
  console.log('No Chrome, Edge or Chromium found: installing Chromium …');
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } else {
    await run(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium']);
  }
  if (await hasBrowser()) return;
  throw new Error('No browser for the tests: install Chrome, Edge or Chromium, or set CHROME_PATH to one.');
}

/**
 * The machine's own Chrome, Edge or Chromium; CHROME_PATH names another. Where there is none, Playwright has its own.
 * @returns {string | undefined}
 */
function findBrowser() {
  const { CHROME_PATH, PATH = '' } = process.env;
  const names = [
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

async function hasBrowser() {
  const { chromium } = await import('@playwright/test');
  return existsSync(findBrowser() ?? chromium.executablePath());
}

/** How Playwright runs that browser: without a sandbox where root needs that, and without a word to the network. */
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
