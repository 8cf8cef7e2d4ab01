// Running other programs.
import { spawn } from 'node:child_process';

const windows = process.platform === 'win32';

/**
 * Runs a program to its end, and shows its output.
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
 * Runs npm: the one that runs this process, if any.
 * @param {string[]} args @param {import('node:child_process').SpawnOptions} [options]
 */
export function npm(args, options) {
  const npmCli = process.env['npm_execpath'];
  if (npmCli) return run(process.execPath, [npmCli, ...args], options);
  const [command, shellArgs, shell] = onPath('npm', args);
  return run(command, shellArgs, { ...options, ...shell });
}

/**
 * Returns spawn's arguments for a program of the PATH that is a .cmd file on Windows, which only a shell can run, unquoted.
 * @param {string} command @param {string[]} args
 * @returns {[command: string, args: string[], options: { shell: boolean }]}
 */
export function onPath(command, args) {
  if (!windows) return [command, args, { shell: false }];
  return [[command, ...args.map((arg) => `"${arg}"`)].join(' '), [], { shell: true }];
}

/**
 * Kills a process started with `detached`, and all its child processes. Not for Windows, which has no process groups.
 * @param {number} pid
 */
export function endProcessTree(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // All of them have ended already.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
