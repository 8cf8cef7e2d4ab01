import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { npm } from '../process.mjs';
import { QUIET } from './dependencies.mjs';

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
