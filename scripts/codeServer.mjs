// Runs the embedded VS Code: code-server, in folders of its own.
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ensureVSCode } from './install/vscode.mjs';
import { endProcessTree, run } from './process.mjs';

const FLAGS = [
  '--disable-telemetry',
  '--disable-update-check',
  '--disable-workspace-trust',
  '--disable-getting-started-override',
];

/** Settings for pictures and tests: nothing covers the panel, and a terminal's text is in the DOM, not in a canvas. */
export const UNCOVERED = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'remote.autoForwardPorts': false,
  'extensions.ignoreRecommendations': true,
  'terminal.integrated.gpuAcceleration': 'off',
};

/**
 * @typedef {object} CodeServerOptions
 * @property {import('./install/vscode.mjs').VSCodeVersion} version
 * @property {string[]} extensions VSIX files to install
 * @property {Record<string, unknown>} [settings] the user's settings
 * @property {Record<string, string>} [env] added to the environment of the server and the extensions
 * @property {string} [password] of the workbench; default: none
 *
 * @typedef {object} CodeServer
 * @property {string} url of the workbench, without a folder
 * @property {string} home its folder, with user data, extensions and log
 * @property {number} processGroup the group of the processes that it starts
 * @property {Promise<void>} exited resolves when it ends
 * @property {() => Promise<void>} close ends it with all that it started, and removes its folder
 */

/**
 * Starts code-server; resolves when the workbench responds. It ends with this process, however that ends.
 * @param {CodeServerOptions} options @returns {Promise<CodeServer>}
 */
export async function startCodeServer({ version, extensions, settings = {}, env = {}, password }) {
  const { node, entry } = await ensureVSCode(version);
  // Not os.tmpdir(): VS Code's sockets are in here, too, and a socket's path may have at most 100 characters.
  const home = mkdtempSync('/tmp/sse-counter-');
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  // Synchronous, as it must also work when the process exits.
  const end = () => {
    if (child?.pid !== undefined) endProcessTree(child.pid);
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', end);
  const args = await prepare(home, entry, settings);
  const login = password === undefined ? {} : { PASSWORD: password };
  const childEnv = environment({ TMPDIR: home, XDG_RUNTIME_DIR: home, ...login, ...env });
  const install = extensions.flatMap((file) => ['--install-extension', file]);
  await run(node, [...args, ...install], { env: childEnv, stdio: 'ignore' });

  const url = `http://127.0.0.1:${await freePort()}`;
  const log = openSync(join(home, 'code-server.log'), 'a');
  const auth = ['--auth', password === undefined ? 'none' : 'password'];
  child = spawn(node, [...args, ...FLAGS, ...auth, '--bind-addr', new URL(url).host], {
    env: childEnv,
    stdio: ['ignore', log, log],
    // A process group of its own, so that it can be ended with all its child processes.
    detached: true,
  });
  closeSync(log);
  const exited = new Promise((resolve) => child?.once('exit', () => resolve(undefined)));
  const close = async () => {
    process.off('exit', end);
    end();
    await exited;
  };
  try {
    await answering(url, exited);
  } catch (error) {
    await cp(join(home, 'code-server.log'), '.vscode-test/code-server.log');
    await close();
    throw new Error(`${error instanceof Error ? error.message : error} Its log is .vscode-test/code-server.log.`);
  }
  return { url, home, processGroup: child.pid ?? 0, exited, close };
}

/**
 * Creates its folders. Resolves with the arguments that name them.
 * @param {string} home @param {string} entry @param {Record<string, unknown>} settings
 */
async function prepare(home, entry, settings) {
  const userData = join(home, 'user-data');
  const config = join(home, 'config.yaml');
  // Machine settings are read from Machine, all others from User.
  for (const place of ['User', 'Machine']) {
    await mkdir(join(userData, place), { recursive: true });
    await writeFile(join(userData, place, 'settings.json'), JSON.stringify(settings));
  }
  await writeFile(config, '');
  return [entry, '--config', config, '--user-data-dir', userData, '--extensions-dir', join(home, 'extensions')];
}

/** Returns our environment without variables that would affect code-server: those of a parent VS Code, and its own. @param {Record<string, string>} added */
function environment(added) {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|CODE_SERVER_|CS_|ELECTRON_|PORT$|PASSWORD$|HASHED_PASSWORD$)/.test(name),
  );
  return { ...Object.fromEntries(own), ...added };
}

/** @param {string} url @param {Promise<unknown>} exited */
async function answering(url, exited) {
  let ended = false;
  void exited.then(() => {
    ended = true;
  });
  const deadline = Date.now() + 60_000;
  while (!ended && Date.now() < deadline) {
    const ok = await fetch(`${url}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(ended ? 'code-server ended while it started.' : 'code-server did not answer within 60 s.');
}

/** Resolves with a port that was free a moment ago. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === 'object' ? address.port : 0));
    });
  });
}
