// `npm start`: packages the extension and opens a real VS Code with it: the `code` on the PATH, or the embedded one
// (`npm start -- --embedded`, or if there is no usable `code`). Ctrl-C ends everything.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, watchFile } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { ensureDependencies } from './install/dependencies.mjs';
import { onPath, run } from './process.mjs';

const windows = process.platform === 'win32';

// Everything started is ended when the process exits; these signals make it exit, even during the start.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit());

await ensureDependencies();
// Imported only here, because these modules need the dependencies.
const { packageExtension } = await import('./package.mjs');
const vsix = await packageExtension();
if (process.argv.includes('--embedded') || !codeMayRun()) await startEmbedded();
else await startCode();
process.exit();

function codeMayRun() {
  if (process.getuid?.() === 0) return false;
  // In a terminal of a remote or embedded VS Code, `code` would open our extension in that window.
  if (process.env['VSCODE_IPC_HOOK_CLI'] || process.env['VSCODE_CLIENT_COMMAND']) return false;
  const [command, args, shell] = onPath('code', ['--version']);
  const { status, stdout } = spawnSync(command, args, { ...shell, encoding: 'utf8' });
  // Outside of such a terminal, its `code` succeeds, too, but prints something else than a version.
  return status === 0 && /^\d+\.\d+/.test(stdout);
}

/** Creates a folder that is removed when the process exits. */
function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'sse-counter-start-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

async function startEmbedded() {
  const [{ createVSIX }, { startCodeServer }] = await Promise.all([import('@vscode/vsce'), import('./codeServer.mjs')]);
  const folder = temporaryFolder();
  const starter = join(folder, 'starter.vsix');
  const cwd = resolve('scripts/starter');
  await createVSIX({ cwd, packagePath: starter, allowMissingRepository: true, skipLicense: true });
  const started = join(folder, 'started');
  const server = await startCodeServer({
    version: '1.139',
    extensions: [vsix, starter],
    settings: { 'workbench.startupEditor': 'none', 'chat.disableAIFeatures': true },
    env: { SSE_COUNTER_STARTED: started },
  });
  console.log(`
VS Code is open on  ${server.url}/?folder=${encodeURI(resolve('.'))}
Open that address in a browser: the counter starts with the page. Ctrl-C here ends all of it.`);
  // The first call may report that the file doesn't exist.
  watchFile(started, { interval: 200 }, ({ size }) => {
    if (size > 0) tellCounter(readFileSync(started, 'utf8'));
  });
  await server.exited;
  console.log('VS Code has ended.');
}

/** @param {string} url */
function tellCounter(url) {
  console.log(`\nThe counter runs. In another terminal:  curl -N ${url}`);
}

async function startCode() {
  const home = temporaryFolder();
  // Before the folder is removed.
  process.prependOnceListener('exit', () => endWindow(home));
  const folders = ['--user-data-dir', join(home, 'user-data'), '--extensions-dir', join(home, 'extensions')];
  const [install, installArgs, shell] = onPath('code', [...folders, '--install-extension', resolve(vsix)]);
  await run(install, installArgs, shell);
  console.log(`
VS Code opens. There, press F1 and run "Start SSE Counter"; then in a terminal:
  ${windows ? 'curl.exe' : 'curl'} -N http://127.0.0.1:8080/event
Closing the window, or Ctrl-C here, ends all of it.`);
  const flags = ['--disable-workspace-trust', '--skip-welcome', '--new-window', '--wait', resolve('.')];
  const [open, openArgs] = onPath('code', [...folders, ...flags]);
  const code = spawn(open, openArgs, { ...shell, stdio: 'inherit' });
  await new Promise((ended) => code.once('exit', ended));
}

/**
 * Ends the window, which is not a child process of `code`: its processes are found by the folder in their command lines.
 * @param {string} home
 */
function endWindow(home) {
  if (!windows) {
    spawnSync('pkill', ['-KILL', '-f', home]);
    return;
  }
  const ours = `Where-Object CommandLine -like '*${basename(home)}*'`;
  const script = `Get-CimInstance Win32_Process -Filter "Name='Code.exe'" | ${ours} | ForEach-Object { Stop-Process -Force $_.ProcessId }`;
  spawnSync('powershell', ['-NoProfile', '-Command', script]);
}
