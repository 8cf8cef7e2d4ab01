import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { canDownload, libraryPath, unpackPackages } from './debian.mjs';

/** Folder for Redis, with the same paths as in its packages. */
const FOLDER = '.vscode-test/redis';

/** Downloads Redis for the tests the first time. */
export async function ensureRedis() {
  if (findRedis()) return;
  if (!canHaveRedis()) {
    console.log('Servers that share a Redis stream are tested only where Debian’s or Ubuntu’s packages are.');
    return;
  }
  console.log('Fetching Redis …');
  await unpackPackages(['redis-server', 'redis-tools'], FOLDER);
}

/** Whether the tests have Redis, or can download it. */
export function canHaveRedis() {
  return findRedis() !== undefined || canDownload();
}

/**
 * Returns the downloaded Redis; undefined if there is none.
 * @returns {{ server: string, libraries: string } | undefined} its program, and the LD_LIBRARY_PATH that it needs
 */
export function findRedis() {
  const folder = resolve(FOLDER);
  if (!existsSync(folder)) return undefined;
  return { server: join(folder, 'usr/bin/redis-server'), libraries: libraryPath(folder) };
}
