// `npm start`: packages the extension and opens a real VS Code with it: the `code` on the PATH, or the embedded one
// (`npm start -- --embedded`, and where there is no `code` that may run). Ctrl-C ends all of it.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { ensureDependencies } from './install.mjs';
import { run } from './process.mjs';

const windows = process.platform === 'win32';

await ensureDependencies();
// Imported only now: these need the dependencies.
const { packageExtension } = await import('./package.mjs');
const vsix = await packageExtension();
if (process.argv.includes('--embedded') || !codeMayRun()) await startEmbedded();
else await startCode();

function codeMayRun() {
  if (process.getuid?.() === 0) return false;
  return spawnSync('code', ['--version'], { shell: windows, stdio: 'ignore' }).status === 0;
}

async function startEmbedded() {
  const [{ createVSIX }, { startCodeServer }] = await Promise.all([import('@vscode/vsce'), import('./codeServer.mjs')]);
  const folder = await mkdtemp(join(tmpdir(), 'sse-counter-start-'));
  const starter = join(folder, 'starter.vsix');
  await createVSIX({
    cwd: resolve('scripts/starter'),
    packagePath: starter,
    allowMissingRepository: true,
    skipLicense: true,
  });
  const started = join(folder, 'started');
  const server = await startCodeServer({
    version: '1.139',
    extensions: [vsix, starter],
    settings: { 'workbench.startupEditor': 'none', 'chat.disableAIFeatures': true },
    env: { SSE_COUNTER_STARTED: started },
  });
  const ending = interrupted();
  console.log(`
VS Code is open on  ${server.url}/?folder=${encodeURI(resolve('.'))}
Open that address in a browser: the counter starts with the page. Ctrl-C here ends all of it.`);
  // Told of the file's absence too: at first, and when the folder goes.
  watchFile(started, { interval: 200 }, ({ size }) => {
    if (size > 0) tell(readFileSync(started, 'utf8'));
  });
  await Promise.race([ending, server.exited]);
  unwatchFile(started);
  await server.close();
  await rm(folder, { recursive: true, force: true });
  process.exit();
}

/** @param {string} url */
function tell(url) {
  console.log(`\nThe counter runs. In another terminal:  curl -N ${url}`);
}

async function startCode() {
  const home = await mkdtemp(join(tmpdir(), 'sse-counter-start-'));
  const folders = ['--user-data-dir', join(home, 'user-data'), '--extensions-dir', join(home, 'extensions')];
  await run('code', [...folders, '--install-extension', resolve(vsix)], { shell: windows });
  console.log(`
VS Code opens. There, press F1 and run "Start SSE Counter"; then in a terminal:  curl -N http://127.0.0.1:8080/event
Closing the window, or Ctrl-C here, ends all of it.`);
  const flags = ['--disable-workspace-trust', '--skip-welcome', '--new-window', '--wait', resolve('.')];
  const child = spawn('code', [...folders, ...flags], { shell: windows, stdio: 'inherit' });
  const closed = new Promise((done) => child.once('exit', done));
  await Promise.race([closed, interrupted()]);
  // The window is no child of `code`: what names its folder is what runs in it.
  if (windows) spawnSync('powershell', ['-NoProfile', '-Command', windowsKill(basename(home))]);
  else spawnSync('pkill', ['-KILL', '-f', home]);
  await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  process.exit();
}

/** @param {string} name */
function windowsKill(name) {
  return `Get-CimInstance Win32_Process -Filter "Name='Code.exe'" | Where-Object CommandLine -like '*${name}*' | ForEach-Object { Stop-Process -Force $_.ProcessId }`;
}

/** Resolves when we are asked to end. */
function interrupted() {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, done);
  });
}
