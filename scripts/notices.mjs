// The licences of the bundled packages, which require their text in each copy.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Writes the names, versions and licences of the packages that the files belong to.
 * @param {string[]} inputs files that were bundled @param {string} outfile
 */
export async function writeNotices(inputs, outfile) {
  const folders = inputs.flatMap((file) => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []);
  const notices = await Promise.all([...new Set(folders)].sort().map(notice));
  await writeFile(outfile, `SSE Counter includes these packages.\n\n${notices.join('\n')}`);
}

/** @param {string} folder of a package */
async function notice(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`The package ${name} is bundled, and has no licence file.`);
  return `${name} ${version} (${license})\n\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`;
}
