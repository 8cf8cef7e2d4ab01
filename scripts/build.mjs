// Bundles what runs into dist/: the extension and the panel's script, or the server for `npm run serve`.
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** @type {import('esbuild').BuildOptions} */
const shared = { bundle: true, legalComments: 'none', logLevel: 'warning' };
/** Node 20 is what VS Code 1.100 runs extensions on. @type {import('esbuild').BuildOptions} */
const node = { ...shared, platform: 'node', target: 'node20' };

/**
 * Builds what is in the VSIX; rejects when the sources have errors, which esbuild has printed by then.
 * @param {{ release: boolean }} options for people: minified; else for the debugger: with source maps
 */
export async function buildExtension({ release }) {
  const kind = { minify: release, sourcemap: !release };
  await rm('dist', { recursive: true, force: true });
  await Promise.all([
    build({
      ...node,
      ...kind,
      entryPoints: ['src/extension.ts'],
      outfile: 'dist/extension.cjs',
      format: 'cjs',
      external: ['vscode'],
    }),
    build({
      ...shared,
      ...kind,
      entryPoints: ['src/webview/counter.ts'],
      outfile: 'dist/counter.js',
      format: 'iife',
      target: 'chrome132',
    }),
  ]);
}

/** Builds the stand-alone server. @returns {Promise<string>} the file to run */
export async function buildServe() {
  const outfile = 'dist/serve.mjs';
  await build({ ...node, entryPoints: ['src/server/main.ts'], outfile, format: 'esm' });
  return outfile;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildExtension({ release: false });
