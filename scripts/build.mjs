// Bundles the code into dist/: the extension with its parts and the panels' scripts, or the server for `npm run serve`.
import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeNotices } from './notices.mjs';

/** @type {import('esbuild').BuildOptions} */
const shared = { bundle: true, legalComments: 'none', logLevel: 'warning' };
/** Options for code in Node; VS Code 1.100 runs extensions on Node 20. @type {import('esbuild').BuildOptions} */
const node = { ...shared, platform: 'node', target: 'node20' };
/** Options for code that VS Code loads by require. @type {import('esbuild').BuildOptions} */
const host = { ...node, format: 'cjs', external: ['vscode'], supported: { 'dynamic-import': false } };
/** Options for code in pages; VS Code 1.100 shows them in Chrome 132. @type {import('esbuild').BuildOptions} */
const page = { ...shared, format: 'iife', target: 'chrome132' };
/** The extension's bundles: the entry point of each, and its name in dist/. */
const BUNDLES = {
  'src/extension/extension.ts': 'extension',
  'src/extension/counter/counterCommands.ts': 'counter',
  'src/extension/inspector/inspectorCommands.ts': 'inspector',
  'src/extension/mock/mockCommands.ts': 'mock',
  'src/client/request/readRequest.ts': 'readRequest',
  'src/client/request/requestThread.ts': 'requestThread',
  'src/client/request/secrets/secrets.ts': 'secrets',
};
const PAGES = ['counter', 'inspector', 'mock'];
/** Makes modules loaded by `import()` separate bundles, next to the one that loads them. @type {import('esbuild').Plugin} */
const lazily = {
  name: 'lazily',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const file = `${relative('.', join(resolveDir, path)).replaceAll('\\', '/')}.ts`;
      const name = /** @type {Record<string, string>} */ (BUNDLES)[file];
      return name
        ? { path: `./${name}.cjs`, external: true }
        : { errors: [{ text: `${file} is no bundle: see build.mjs` }] };
    }),
};

/**
 * Builds the code of the VSIX; rejects if the sources have errors, which esbuild has printed by then.
 * @param {{ release: boolean }} options whether to minify for a release; else adds source maps for the debugger
 */
export async function buildExtension({ release }) {
  const kind = { minify: release, sourcemap: !release, metafile: true };
  await rm('dist', { recursive: true, force: true });
  const built = await Promise.all([
    ...Object.entries(BUNDLES).map(([file, name]) =>
      build({ ...host, ...kind, entryPoints: [file], outfile: `dist/${name}.cjs`, plugins: [lazily] }),
    ),
    ...PAGES.flatMap((name) => [
      build({ ...page, ...kind, entryPoints: [`src/webview/${name}/main.ts`], outfile: `dist/${name}.js` }),
      style(`src/webview/${name}/${name}.css`),
    ]),
    style('src/webview/shared/panel.css'),
  ]);
  await writeNotices(
    built.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {})),
    'dist/ThirdPartyNotices.txt',
  );
}

/** Copies a page's style sheet into dist/. @param {string} file */
function style(file) {
  return build({ ...page, metafile: true, entryPoints: [file], outdir: 'dist' });
}

/** Builds the stand-alone server. @returns {Promise<string>} the file to run */
export async function buildServe() {
  const outfile = 'dist/serve.mjs';
  await build({ ...node, entryPoints: ['src/cli/main.ts'], outfile, format: 'esm', loader: { '.html': 'text' } });
  return outfile;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildExtension({ release: false });
