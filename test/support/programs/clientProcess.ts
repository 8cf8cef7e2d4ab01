// Clients in a process of their own, so that their CPU time isn't counted as the server's.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** Clients, in the number requested, that read as fast as they can, and report the bytes received on request. */
const GREEDY = `
  const [port, count, target] = process.argv.slice(1);
  const got = [];
  for (let n = 0; n < Number(count); n += 1) {
    got.push(0);
    const socket = require('node:net').connect(Number(port), '127.0.0.1');
    socket.on('error', () => socket.destroy());
    socket.on('data', ({ length }) => (got[n] += length)).write('GET ' + target + ' HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\n\\r\\n');
  }
  process.on('message', () => process.send(got));
`;

/** Runs a script in another Node process, which ends with the test. */
export function runScript(script: string, ...args: (string | number)[]): ChildProcess {
  const stdio: ('ignore' | 'inherit' | 'ipc')[] = ['ignore', 'inherit', 'inherit', 'ipc'];
  const child = spawn(process.execPath, ['-e', script, ...args.map(String)], { stdio });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Clients of a stream that read as fast as they can. */
export class GreedyClients {
  readonly #child: ChildProcess;

  constructor(port: number, count: number, target = '/event') {
    this.#child = runScript(GREEDY, port, count, target);
  }

  /** Resolves with the number of bytes that each client has received, in ascending order. */
  async received(): Promise<number[]> {
    this.#child.send('tell');
    const [got] = (await once(this.#child, 'message')) as [number[]];
    return got.sort((a, b) => a - b);
  }
}
