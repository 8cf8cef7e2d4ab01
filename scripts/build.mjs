// Bundles what runs into dist/: the extension with its parts and the panels' scripts, or the server for `npm run serve`.
import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeNotices } from './notices.mjs';

/** @type {import('esbuild').BuildOptions} */
const shared = { bundle: true, legalComments: 'none', logLevel: 'warning' };
/** Node 20 is what VS Code 1.100 runs extensions on. @type {import('esbuild').BuildOptions} */
const node = { ...shared, platform: 'node', target: 'node20' };
/** What VS Code loads by require. @type {import('esbuild').BuildOptions} */
const host = { ...node, format: 'cjs', external: ['vscode'], supported: { 'dynamic-import': false } };
/** Chrome 132 is what VS Code 1.100 shows pages with. @type {import('esbuild').BuildOptions} */
const page = { ...shared, format: 'iife', target: 'chrome132' };
/** What is imported by a call is a bundle of its own, beside the one that loads it. @type {import('esbuild').Plugin} */
const lazily = {
  name: 'lazily',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\./ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: `./${basename(path)}.cjs`, external: true } : undefined,
    ),
};

/**
 * Builds what is in the VSIX; rejects when the sources have errors, which esbuild has printed by then.
 * @param {{ release: boolean }} options for people: minified; else for the debugger: with source maps
 */
export async function buildExtension({ release }) {
  const kind = { minify: release, sourcemap: !release, metafile: true };
  await rm('dist', { recursive: true, force: true });
  const built = await Promise.all([
    build({ ...host, ...kind, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.cjs', plugins: [lazily] }),
    build({ ...host, ...kind, entryPoints: ['src/editor/counter.ts'], outfile: 'dist/counter.cjs', plugins: [lazily] }),
    build({
      ...host,
      ...kind,
      entryPoints: ['src/editor/inspector.ts'],
      outfile: 'dist/inspector.cjs',
      plugins: [lazily],
    }),
    build({
      ...host,
      ...kind,
      entryPoints: ['src/inspector/requestThread.ts'],
      outfile: 'dist/requestThread.cjs',
      plugins: [lazily],
    }),
    build({ ...host, ...kind, entryPoints: ['src/inspector/readRequest.ts'], outfile: 'dist/readRequest.cjs' }),
    build({ ...host, ...kind, entryPoints: ['src/inspector/secrets.ts'], outfile: 'dist/secrets.cjs' }),
    build({ ...host, ...kind, entryPoints: ['src/editor/replays.ts'], outfile: 'dist/replays.cjs', plugins: [lazily] }),
    build({ ...page, ...kind, entryPoints: ['src/webview/counter.ts'], outfile: 'dist/counter.js' }),
    build({ ...page, ...kind, entryPoints: ['src/webview/inspector.ts'], outfile: 'dist/inspector.js' }),
    build({ ...page, ...kind, entryPoints: ['src/webview/replay.ts'], outfile: 'dist/replay.js' }),
  ]);
  await writeNotices(
    built.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {})),
    'dist/ThirdPartyNotices.txt',
  );
}

/** Builds the stand-alone server. @returns {Promise<string>} the file to run */
export async function buildServe() {
  const outfile = 'dist/serve.mjs';
  await build({ ...node, entryPoints: ['src/server/main.ts'], outfile, format: 'esm' });
  return outfile;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildExtension({ release: false });
