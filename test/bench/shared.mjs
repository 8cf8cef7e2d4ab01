// Measures servers of one Redis stream: how late events are, how many a second come through, and the processor's time for each,
// beside the same fan-out from memory.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { createClient } from 'redis';
import { freePort } from '../../scripts/codeServer.mjs';
import { ensureRedis, findRedis } from '../../scripts/install/redis.mjs';
import { quantile } from './quantile.mjs';
import { usage } from './usage.mjs';

/** Numbers of clients, with the events a second that they are sent, and the events of a burst. */
const SIZES = [
  { clients: 1000, rate: 20, burst: 500 },
  { clients: 8000, rate: 5, burst: 100 },
];
const PROCESSES = [1, 2, 4];
const WINDOW = 6000;
const SETTLING = 1500;
/** Ratio to the same fan-out from memory that is the aim. */
const AIM = 1.15;
const STREAM = 'bench';

/** @typedef {{ events: number, cut: number, p50: number, p99: number }} Figures */
/** @typedef {(call: string, ...args: number[]) => Promise<any>} Call */

const now = () => performance.timeOrigin + performance.now();
const sleep = (/** @type {number} */ milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Measures everything, and prints it as a table. @param {string} node program of Node @param {number} rounds */
export async function measureShared(node, rounds) {
  await ensureRedis();
  const folder = await mkdtemp(join(tmpdir(), 'sse-counter-bench-'));
  const memory = join(folder, 'memoryStream.mjs');
  const options = /** @type {const} */ ({
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    minify: true,
  });
  await build({ ...options, entryPoints: ['test/bench/peers/memoryStream.ts'], outfile: memory });
  try {
    console.log(`${cpus().length} processors; with the clients and Redis they share them`);
    for (const size of SIZES)
      for (const processes of PROCESSES) {
        const title = `${size.clients} clients, ${processes} ${processes === 1 ? 'process' : 'processes'}`;
        const fromMemory = await medians(rounds, () => measureMemory(node, memory, { ...size, processes }));
        print(`${title}, from memory`, fromMemory);
        const figures = await medians(rounds, () => measureRedis(node, processes, size));
        const ratio = (figures['µs of processor per event'] ?? 0) / (fromMemory['µs of processor per event'] ?? 1);
        print(title, { ...figures, 'beside memory': ratio });
        console.log(`  ${ratio <= AIM ? 'as it should be' : 'MISSED'}: at most ${AIM} of that from memory`);
      }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @param {string} node @param {string} program @param {{ clients: number, rate: number, processes: number }} size */
async function measureMemory(node, program, { clients, rate, processes }) {
  const ports = await Promise.all(Array.from({ length: processes }, () => freePort()));
  const servers = ports.map((port) =>
    spawn(node, [program, String(port), String(rate)], { stdio: ['ignore', 'inherit', 'inherit'] }),
  );
  return withLoad(node, servers, async (call) => {
    for (const port of ports) await waitFor(port);
    await call('open', clients, ...ports);
    const pids = servers.map(({ pid = 0 }) => pid);
    return measureWindow(call, pids);
  });
}

/** @param {string} node @param {number} processes @param {{ clients: number, rate: number, burst: number }} size */
async function measureRedis(node, processes, { clients, rate, burst }) {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const [redisPort, ...ports] = await Promise.all(Array.from({ length: processes + 1 }, () => freePort()));
  const redis = startRedis(redisPort ?? 0, folder);
  const client = createClient({ url: `redis://127.0.0.1:${redisPort}` });
  client.on('error', () => undefined);
  await client.connect();
  const url = `redis://127.0.0.1:${redisPort}/${STREAM}`;
  const servers = ports.map((port) =>
    spawn(node, ['dist/npm/cli.mjs', 'serve', url, '--port', String(port), '--max-connections', '20000'], {
      stdio: ['ignore', 'ignore', 'ignore'],
    }),
  );
  const add = () => client.sendCommand(['XADD', STREAM, 'MAXLEN', '~', '10000', '*', 'data', now().toFixed(3)]);
  try {
    return await withLoad(node, servers, async (call) => {
      for (const port of ports) await waitFor(port);
      const memory = () => servers.reduce((sum, { pid = 0 }) => sum + usage(pid).memory, 0);
      const empty = memory();
      await call('open', clients, ...ports);
      const timer = setInterval(add, 1000 / rate);
      const before = usage(redis.pid ?? 0).cpu;
      const figures = await measureWindow(
        call,
        servers.map(({ pid = 0 }) => pid),
      );
      // With the pause before the window.
      const redisTime = ((usage(redis.pid ?? 0).cpu - before) / (WINDOW + SETTLING)) * 100;
      const perClient = (memory() - empty) / clients / 1024;
      clearInterval(timer);
      await sleep(500);
      return {
        ...figures,
        'KB per connection': perClient,
        '% of a processor for Redis': redisTime,
        ...(await measureBurst(call, add, burst, clients)),
      };
    });
  } finally {
    client.destroy();
    redis.kill('SIGKILL');
    await once(redis, 'exit');
    await rm(folder, { recursive: true, force: true });
  }
}

/** Measures for a while at the rate of the publisher. @param {Call} call @param {number[]} pids of the servers */
async function measureWindow(call, pids) {
  // Without the first events, and the cost of opening.
  await sleep(SETTLING);
  const time = () => pids.reduce((sum, pid) => sum + usage(pid).cpu, 0);
  await call('begin');
  const before = time();
  await sleep(WINDOW);
  const spent = time() - before;
  const { events, cut, p50, p99 } = /** @type {Figures} */ (await call('end'));
  return {
    'µs of processor per event': (spent * 1000) / events,
    'late by, p50 (ms)': p50,
    'late by, p99 (ms)': p99,
    'streams cut': cut,
  };
}

/** Measures how fast events come through that are added at once. @param {Call} call @param {() => Promise<unknown>} add @param {number} burst @param {number} clients */
async function measureBurst(call, add, burst, clients) {
  await call('begin');
  const begun = now();
  await Promise.all(Array.from({ length: burst }, add));
  const { last } = await call('come', burst * clients);
  return { 'events a second': (burst / (last - begun)) * 1000 };
}

/**
 * @param {string} node @param {import('node:child_process').ChildProcess[]} servers
 * @param {(call: Call) => Promise<Record<string, number>>} measure
 */
async function withLoad(node, servers, measure) {
  const load = fork('test/bench/sharedLoad.mjs', { execPath: node });
  try {
    return await measure(async (call, ...args) => {
      load.send({ call, args });
      const [answer] = await once(load, 'message');
      return answer;
    });
  } finally {
    for (const child of [load, ...servers]) child.kill('SIGKILL');
  }
}

/** @param {number} port @param {string} folder */
function startRedis(port, folder) {
  const redis = findRedis();
  if (!redis) throw new Error('There is no Redis: it comes from Debian’s packages.');
  const words = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--save', ''];
  const env = { ...process.env, LD_LIBRARY_PATH: redis.libraries };
  return spawn(redis.server, words, { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Resolves when a server answers. @param {number} port */
async function waitFor(port) {
  for (;;) {
    const isThere = await fetch(`http://127.0.0.1:${port}/`).then(
      ({ status }) => status > 0,
      () => false,
    );
    if (isThere) return;
    await sleep(30);
  }
}

/** Returns the medians of several rounds. @param {number} rounds @param {() => Promise<Record<string, number>>} measure */
async function medians(rounds, measure) {
  /** @type {Record<string, number[]>} */
  const all = {};
  for (let round = 0; round < rounds; round += 1)
    for (const [name, value] of Object.entries(await measure())) all[name] = [...(all[name] ?? []), value];
  return Object.fromEntries(Object.entries(all).map(([name, values]) => [name, quantile(values, 0.5)]));
}

/** @param {string} title @param {Record<string, number>} figures */
function print(title, figures) {
  console.log(title);
  for (const [name, value] of Object.entries(figures)) console.log(`  ${name.padEnd(30)} ${value.toFixed(2)}`);
}
