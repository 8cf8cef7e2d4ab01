import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { run } from '../process.mjs';

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
