import { fork } from 'node:child_process';
import { once } from 'node:events';
import { startServer } from './servers.mjs';

/** @typedef {(method: string, ...args: number[]) => Promise<any>} Call */

/**
 * Starts a server and the clients in load.mjs, and ends both when the measurement is done.
 * @template Figures
 * @param {string} name of the server @param {string} node program of Node
 * @param {(server: import('./servers.mjs').Server, call: Call) => Promise<Figures>} measure its second argument has the clients do something
 */
export async function underLoad(name, node, measure) {
  const server = await startServer(name, node);
  const load = fork('test/bench/load.mjs', { execPath: node });
  try {
    return await measure(server, async (method, ...args) => {
      load.send({ call: method, args });
      const [answer] = await once(load, 'message');
      return answer;
    });
  } finally {
    load.kill('SIGKILL');
    await server.close();
  }
}
