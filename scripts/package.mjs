// Builds and packages the extension: writes sse-counter-VERSION.vsix.
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { buildExtension } from './build.mjs';

/** Entries that have nothing for the VSIX, and most of the tree's files. .vscodeignore says what of the others is packaged. */
const OTHERS = /^(node_modules|\.git|\.vscode-test|test|test-results|src|scripts|dist-.*|.*\.(vsix|tgz))$/;

/** Returns the README as the VSIX has it: a picture that moves is too large for that, and stands still there. @param {string} readme */
export function packagedReadme(readme) {
  return readme.replaceAll('](docs/result.webp)', '](media/result.webp)');
}

/** @returns {Promise<string>} the VSIX file */
export async function packageExtension() {
  await buildExtension({ release: true });
  const { name, version } = JSON.parse(await readFile('package.json', 'utf8'));
  const packagePath = `${name}-${version}.vsix`;
  // Packaged from a copy: vsce matches each of the 50,000 files of the whole tree, which takes 20 s.
  const cwd = await mkdtemp('dist-vsix-');
  try {
    for (const entry of await readdir('.'))
      if (!OTHERS.test(entry)) await cp(entry, join(cwd, entry), { recursive: true });
    await writeFile(join(cwd, 'README.md'), packagedReadme(await readFile('README.md', 'utf8')));
    await createVSIX({
      cwd,
      packagePath: resolve(packagePath),
      // The code is bundled: node_modules stays out.
      dependencies: false,
      allowMissingRepository: true,
      // The README's pictures are in the VSIX; there is no address to rewrite them to.
      rewriteRelativeLinks: false,
    });
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
  return packagePath;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await packageExtension();
