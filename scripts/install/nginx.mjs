import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { canDownload, libraryPath, unpackPackages } from './debian.mjs';

/** Folder for nginx with nchan, with the same paths as in their packages. */
const NGINX_FOLDER = '.vscode-test/nginx';
const NCHAN_MODULE = 'usr/lib/nginx/modules/ngx_nchan_module.so';

/** Downloads nginx with nchan for the tests the first time. */
export async function ensureNchan() {
  if (findNchan()) return;
  if (!canHaveNchan()) {
    console.log('The inspector is tested against nginx with nchan only where Debian’s or Ubuntu’s packages are.');
    return;
  }
  console.log('Fetching nginx with nchan …');
  await unpackPackages(['nginx', 'libnginx-mod-nchan'], NGINX_FOLDER, (part) =>
    relocateNchan(join(part, NCHAN_MODULE)),
  );
}

/** Whether the tests have nginx with nchan, or can download it. */
export function canHaveNchan() {
  return findNchan() !== undefined || canDownload();
}

/**
 * Returns the downloaded nginx with nchan; undefined if there is none.
 * @returns {{ nginx: string, module: string, libraries: string } | undefined} both files, and the LD_LIBRARY_PATH they need
 */
export function findNchan() {
  const folder = resolve(NGINX_FOLDER);
  if (!existsSync(folder)) return undefined;
  const [nginx, module] = [join(folder, 'usr/sbin/nginx'), join(folder, NCHAN_MODULE)];
  return { nginx, module, libraries: libraryPath(folder) };
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
