// Debian’s packages for the tests: unpacked but not installed, because that would start a service and need root.
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { run } from '../process.mjs';

/** Whether packages can be downloaded: where Debian’s or Ubuntu’s are. */
export function canDownload() {
  return existsSync('/usr/bin/apt-get');
}

/**
 * Downloads packages, and those of their dependencies that the machine lacks, and unpacks them into a folder.
 * @param {string[]} packages @param {string} folder that isn't there yet @param {(part: string) => Promise<void>} [finish] changes
 *   what was unpacked, before the folder has its name
 */
export async function unpackPackages(packages, folder, finish) {
  const part = resolve(`${folder}.part`);
  await rm(part, { recursive: true, force: true });
  const files = await downloadPackages(packages, join(part, 'apt'));
  for (const file of files) await run('dpkg', ['-x', file, part]);
  await rm(join(part, 'apt'), { recursive: true });
  await finish?.(part);
  await rename(part, folder);
}

/** Returns the LD_LIBRARY_PATH for unpacked programs. @param {string} folder */
export function libraryPath(folder) {
  return ['lib', 'usr/lib'].flatMap((name) => machineFolders(join(folder, name))).join(':');
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
