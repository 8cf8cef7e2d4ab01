// A mock's file played at full speed to hundreds of clients, beside a bare `net` server that writes the same bytes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../scripts/codeServer.mjs';
import { printRatios } from './ratios.mjs';
import { usage } from './usage.mjs';

const [CLIENTS, SIZE] = [500, 4 * 1024 * 1024];
/** Number of rounds, of which the median counts. */
const ROUNDS = 3;
const PEER = 'bare net';

/** Prints what it takes until all clients have the file, as ratios to a bare server's. @param {string} node */
export async function measureMockBurst(node) {
  const folder = await mkdtemp(join(tmpdir(), 'sse-bench-'));
  const file = join(folder, 'burst.sse');
  await writeFile(file, burst());
  /** @type {Record<string, { time: number, cpu: number }[]>} */
  const results = { ours: [], [PEER]: [] };
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      results['ours']?.push(await measure(node, (port) => ['dist/npm/cli.mjs', 'serve', file, '--port', port]));
      results[PEER]?.push(await measure(node, (port) => ['test/bench/peers/burst.mjs', port, file]));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  console.log(`\nA file of ${SIZE / 1024 / 1024} MB played at full speed to ${CLIENTS} clients`);
  printRatios(results, PEER, { time: 'until all have it (ms), ≤ 1.2', cpu: 'processor of the server (ms)' });
}

function burst() {
  const event = (/** @type {number} */ n) => `data: {"number":${n},"text":"${'lorem ipsum '.repeat(6)}"}\n\n`;
  let text = '';
  for (let n = 1; text.length < SIZE; n += 1) text += event(n);
  text += ':@ end\n';
  return text;
}

/** @param {string} node @param {(port: string) => string[]} command */
async function measure(node, command) {
  const port = await freePort();
  const server = spawn(node, command(String(port)), { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    await once(server.stdout, 'data');
    const [before, begin] = [usage(server.pid ?? 0), performance.now()];
    await Promise.all(Array.from({ length: CLIENTS }, () => readAll(port)));
    return { time: performance.now() - begin, cpu: usage(server.pid ?? 0).cpu - before.cpu };
  } finally {
    server.kill('SIGKILL');
    await once(server, 'exit');
  }
}

/** @param {number} port */
async function readAll(port) {
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET /event HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
  let size = 0;
  socket.on('data', ({ length }) => {
    size += length;
  });
  await once(socket, 'close');
  if (size < SIZE) throw new Error(`A client got ${size} bytes.`);
}
