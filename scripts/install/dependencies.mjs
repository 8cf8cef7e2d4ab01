import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { npm } from '../process.mjs';

/** Options of npm for installing without remarks. */
export const QUIET = ['--no-audit', '--no-fund', '--loglevel=error'];

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
