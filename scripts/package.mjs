// Builds and packages the extension: writes sse-counter-VERSION.vsix.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { buildExtension } from './build.mjs';

/** @returns {Promise<string>} the VSIX file */
export async function packageExtension() {
  await buildExtension({ release: true });
  const { name, version } = JSON.parse(await readFile('package.json', 'utf8'));
  const packagePath = `${name}-${version}.vsix`;
  await createVSIX({
    packagePath,
    // The code is bundled: node_modules stays out.
    dependencies: false,
    allowMissingRepository: true,
    // The README's pictures are in the VSIX; there is no address to rewrite them to.
    rewriteRelativeLinks: false,
  });
  return packagePath;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await packageExtension();
