// Running other programs.
import { spawn, spawnSync } from 'node:child_process';

const windows = process.platform === 'win32';

/**
 * Runs a program to its end, its output shown.
 * @param {string} command @param {string[]} args @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<void>} rejects when the program fails
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    child.once('error', (error) => reject(new Error(`${command} could not be run: ${error.message}`)));
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${[command, ...args].join(' ')} ended with ${signal ?? `exit code ${code}`}.`));
    });
  });
}

/**
 * Runs npm, the one that runs us where there is one.
 * @param {string[]} args @param {import('node:child_process').SpawnOptions} [options]
 */
export function npm(args, options) {
  const npmCli = process.env['npm_execpath'];
  if (npmCli) return run(process.execPath, [npmCli, ...args], options);
  return run('npm', args, { ...options, shell: windows });
}

/**
 * Ends a process that was started with `detached`, and all that it started.
 * @param {import('node:child_process').ChildProcess} child
 */
export async function endProcessTree(child) {
  if (child.pid === undefined) return;
  const ended = child.exitCode !== null || child.signalCode !== null ? undefined : once(child);
  if (windows) spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
  else killGroup(child.pid);
  await ended;
}

/** @param {import('node:child_process').ChildProcess} child */
function once(child) {
  return new Promise((resolve) => child.once('exit', resolve));
}

/** @param {number} pid */
function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // All of the group has ended already.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
