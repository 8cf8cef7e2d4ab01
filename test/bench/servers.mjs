// The compared servers, each in a process of its own.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import { freePort } from '../../scripts/codeServer.mjs';

/**
 * @typedef {object} Server
 * @property {number} port
 * @property {number} pid
 * @property {() => Promise<void>} close
 */

const peer = (/** @type {string} */ file) => (/** @type {string} */ node, /** @type {number} */ port) => [
  node,
  `test/bench/peers/${file}`,
  String(port),
];

/** Command lines of the servers, for the Node to run them with and a port. @type {Record<string, (node: string, port: number) => string[]>} */
export const SERVERS = {
  'ours': (node, port) => [node, 'dist/npm/cli.mjs', 'count', '--port', String(port), '--max-connections', '20000'],
  'bare net (the limit)': peer('net.mjs'),
  'node:http + setInterval': peer('nodeHttp.mjs'),
  'better-sse': peer('betterSse.mjs'),
  ...(hasGo() ? goServer() : {}),
};

function hasGo() {
  return spawnSync('go', ['version']).status === 0;
}

/** Builds the Go server once, for all rounds. @returns {Record<string, (node: string, port: number) => string[]>} */
function goServer() {
  const program = resolve('dist/counter-go');
  mkdirSync('dist', { recursive: true });
  const { status, stderr } = spawnSync('go', ['build', '-o', program, 'test/bench/peers/counter.go'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The Go server can't be built: ${stderr}`);
  return { 'Go, the article’s design': (_node, port) => [program, String(port)] };
}

/** Starts a server; resolves when it responds. @param {string} name @param {string} node @returns {Promise<Server>} */
export async function startServer(name, node) {
  const port = await freePort();
  const [command = '', ...args] = SERVERS[name]?.(node, port) ?? [];
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`${name} ended before it listened.`);
    await new Promise((later) => setTimeout(later, 20));
  }
  const close = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { port, pid: child.pid ?? 0, close };
}

/** @param {number} port @returns {Promise<boolean>} */
function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1').on('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
