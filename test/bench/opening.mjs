// Opening streams at a steady rate: what each costs the server, how long its headers take, and what it keeps.
import { printRatios } from './ratios.mjs';
import { underLoad } from './underLoad.mjs';
import { usage } from './usage.mjs';

const [STREAMS, RATE] = [8000, 10_000];
/** Number of rounds, of which the median counts. */
const ROUNDS = 5;
const PEER = 'node:http + setInterval';

/** @typedef {{ cpu: number, headers: number, memory: number }} Opening per stream: processor (µs), headers after (ms, p50), memory (KB) */

/** Prints what opening a stream of the counter costs, as ratios to plain node:http's. @param {string} node */
export async function measureOpening(node) {
  /** @type {Record<string, Opening[]>} */
  const results = { ours: [], [PEER]: [] };
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [name, openings] of Object.entries(results)) openings.push(await underLoad(name, node, measure));
  console.log(`\nOpening ${STREAMS.toLocaleString('en')} streams at ${RATE.toLocaleString('en')} a second`);
  printRatios(results, PEER, {
    cpu: 'processor per stream (µs), ≤ 1.2',
    headers: 'headers after, p50 (ms), ≤ 1.5',
    memory: 'memory per stream (KB), ≤ 0.75',
  });
}

/** @param {import('./servers.mjs').Server} server @param {import('./underLoad.mjs').Call} call @returns {Promise<Opening>} */
async function measure({ port, pid }, call) {
  const before = usage(pid);
  // No event comes while the streams are opened.
  const { headers } = await call('openAtRate', port, STREAMS, RATE);
  const after = usage(pid);
  return {
    cpu: ((after.cpu - before.cpu) * 1000) / STREAMS,
    headers,
    memory: (after.memory - before.memory) / STREAMS / 1024,
  };
}
