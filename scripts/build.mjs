// Bundles the code into dist/: the extension with its parts and the panels' scripts, or the command line and the API for npm.
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, context } from 'esbuild';
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

/** Code in place of packages that the proxies' agents import, and that have no part in what we do with them. */
const LEFT_OUT = {
  // It would print a proxy's password where the environment has DEBUG=*.
  'debug': 'export default () => () => undefined;',
  // It needs a package with native code.
  'proxy-agent-negotiate': 'export const createNegotiateAuth = undefined;',
};
/** Leaves these packages out. @type {import('esbuild').Plugin} */
const leavingOut = {
  name: 'leavingOut',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(?:debug|proxy-agent-negotiate)$/ }, ({ path }) => ({ path, namespace: 'leftOut' }));
    onLoad({ filter: /./, namespace: 'leftOut' }, ({ path }) => ({
      contents: LEFT_OUT[/** @type {keyof typeof LEFT_OUT} */ (path)],
    }));
  },
};

/** Returns what is in the VSIX's dist/, as builds of esbuild. @param {{ release: boolean }} options @returns {import('esbuild').BuildOptions[]} */
function buildsOf({ release }) {
  const kind = { minify: release, sourcemap: !release, metafile: true };
  return [
    ...Object.entries(BUNDLES).map(([file, name]) => ({
      ...host,
      ...kind,
      entryPoints: [file],
      outfile: `dist/${name}.cjs`,
      plugins: [lazily],
    })),
    ...PAGES.map((name) => ({
      ...page,
      ...kind,
      entryPoints: [`src/webview/${name}/main.ts`],
      outfile: `dist/${name}.js`,
    })),
    {
      ...page,
      metafile: true,
      entryPoints: ['src/webview/shared/panel.css', ...PAGES.map((name) => `src/webview/${name}/${name}.css`)],
      entryNames: '[name]',
      outdir: 'dist',
    },
  ];
}

/**
 * Builds the code of the VSIX; rejects if the sources have errors, which esbuild has printed by then.
 * @param {{ release: boolean }} options whether to minify for a release; else adds source maps for the debugger
 */
export async function buildExtension({ release }) {
  await rm('dist', { recursive: true, force: true });
  const built = await Promise.all(buildsOf({ release }).map((options) => build(options)));
  await writeNotices(
    built.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {})),
    'dist/ThirdPartyNotices.txt',
  );
}

/** Builds for the debugger, and again whenever a source is saved, until the process ends. Prints errors as .vscode/tasks.json reads them. */
async function watch() {
  const builds = buildsOf({ release: false });
  // The first round of all is one: the debugger starts behind it.
  let running = builds.length;
  console.log('Building');
  /** Says when building begins and errors as they come, and that it has ended once nothing is being built. @returns {import('esbuild').Plugin} */
  const newReporter = () => {
    let isFirst = true;
    return {
      name: 'reporter',
      setup: ({ onStart, onEnd }) => {
        onStart(() => {
          if (!isFirst && running++ === 0) console.log('Building');
          isFirst = false;
        });
        onEnd(({ errors }) => {
          for (const { location, text } of errors)
            console.log(`${location?.file}:${location?.line}:${(location?.column ?? 0) + 1}: error: ${text}`);
          running -= 1;
          if (running === 0) console.log('Watching for changes');
        });
      },
    };
  };
  for (const options of builds) {
    const plugins = [...(options.plugins ?? []), newReporter()];
    await (await context({ ...options, plugins, logLevel: 'silent' })).watch();
  }
}

/**
 * Builds the command line and the API for npm, in parts that are loaded when they are needed. Writes only what has changed:
 * another process may be loading it.
 * @param {{ release: boolean, outdir?: string }} options whether to minify, and to add the licences of packages
 * @returns {Promise<string>} the command line's file
 */
export async function buildNpm({ release, outdir = 'dist/npm' }) {
  const { outputFiles, metafile } = await build({
    ...node,
    entryPoints: { cli: 'src/cli/main.ts', index: 'src/api/index.ts' },
    outdir,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'parts/[name]-[hash]',
    format: 'esm',
    splitting: true,
    plugins: [leavingOut],
    loader: { '.html': 'text' },
    minify: release,
    metafile: true,
    write: false,
  });
  for (const { path, contents } of outputFiles) await writeChanged(path, contents);
  if (release) await writeNotices(Object.keys(metafile.inputs), join(outdir, 'ThirdPartyNotices.txt'));
  return join(outdir, 'cli.mjs');
}

/** Writes a file whole, in one go, unless it is as it should be. @param {string} path @param {Uint8Array} contents */
async function writeChanged(path, contents) {
  const before = await readFile(path).catch(() => undefined);
  if (before?.equals(contents)) return;
  await mkdir(dirname(path), { recursive: true });
  const written = `${path}.${process.pid}`;
  await writeFile(written, contents);
  await rename(written, path);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--watch')) await watch();
  else await buildExtension({ release: false });
}
