// CPU time and memory of a process, from /proc on Linux and from ps elsewhere.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const PAGE = 4096;

/** @param {number} pid @returns {{ cpu: number, memory: number }} CPU time in milliseconds, resident memory in bytes */
export function usage(pid) {
  if (process.platform === 'linux') {
    // Not the ticks of /proc/PID/stat: they are sampled, and a process woken by timers tends to run when samples are taken.
    const tasks = readdirSync(`/proc/${pid}/task`).map((task) =>
      readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8'),
    );
    const nanoseconds = tasks.reduce((sum, task) => sum + Number(task.split(' ')[0]), 0);
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    return { cpu: nanoseconds / 1_000_000, memory: pages * PAGE };
  }
  const [time = '', kilobytes = ''] = execFileSync('ps', ['-o', 'time=,rss=', '-p', String(pid)], { encoding: 'utf8' })
    .trim()
    .split(/\s+/);
  const seconds = time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return { cpu: seconds * 1000, memory: Number(kilobytes) * 1024 };
}
