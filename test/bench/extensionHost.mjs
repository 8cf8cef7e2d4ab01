import { execFileSync } from 'node:child_process';

/** Returns the extension host process of the window opened last. @param {import('../../scripts/codeServer.mjs').CodeServer} server */
export function extensionHost({ processGroup }) {
  const processes = execFileSync('ps', ['-eo', 'pid=,pgid=,args='], { encoding: 'utf8' }).trim().split('\n');
  const pids = processes
    .map((line) => line.trim().split(/\s+/))
    .filter(([, group, ...args]) => Number(group) === processGroup && args.includes('--type=extensionHost'))
    .map(([pid]) => Number(pid));
  return Math.max(...pids);
}
