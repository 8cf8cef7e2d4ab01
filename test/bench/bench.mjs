// `npm run bench`: measures our server and its peers in turn within one run, then the extension in a real VS Code; takes 45
// minutes. Prints medians, ratios and marks, and writes them as JSON and, if everything was measured, as docs/bench.png.
// `npm run bench -- --quick` is one round without the long runs; `--only ours` is one server, by a prefix of its name;
// `--only editor` is the extension, `reader` our parser beside eventsource-parser, `inspection` a million events through an
// Inspection, `opening` what opening a stream costs, `mock` a file at full speed to 500 clients, `redis` servers of a Redis stream.
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { buildNpm } from '../../scripts/build.mjs';
import { ensureDependencies } from '../../scripts/install/dependencies.mjs';
import { ensureVSCode } from '../../scripts/install/vscode.mjs';
import { measureEditor } from './editor.mjs';
import { printMarks } from './marks.mjs';
import { measureMockBurst } from './mockBurst.mjs';
import { measureOpening } from './opening.mjs';
import { plot } from './plot.mjs';
import { quantile } from './quantile.mjs';
import { SERVERS } from './servers.mjs';
import { measureShared } from './shared.mjs';
import { printTable } from './table.mjs';
import { underLoad } from './underLoad.mjs';
import { usage } from './usage.mjs';

const SIZES = [1000, 4000, 8000];
const WINDOW = 6000;
const TREND_WINDOW = 60_000;
const RESULTS = 'test-results/bench.json';

const { quick, only } = parseArgs({ options: { quick: { type: 'boolean' }, only: { type: 'string' } } }).values;
const rounds = quick ? 1 : 5;
const names = Object.keys(SERVERS).filter((name) => !only || name.startsWith(only));
/** Measurements that stand by themselves, by name. @type {Record<string, (node: string) => Promise<void>>} */
const PARTS = {
  // They need packages of others, which the first run installs.
  reader: async () => (await import('./reader.mjs')).measureReader(),
  inspection: async () => (await import('./inspection.mjs')).measureInspection(),
  opening: measureOpening,
  mock: measureMockBurst,
  redis: (node) => measureShared(node, quick ? 1 : 3),
};
if (names.length === 0 && only !== 'editor' && !(only && only in PARTS))
  throw new Error(`There is no server whose name begins with ${only}.`);
await ensureDependencies('test');
// Uses the Node version in which VS Code 1.139 runs extensions.
const { node } = await ensureVSCode('1.139');
await buildNpm({ release: true });
for (const [name, measurePart] of Object.entries(PARTS)) if (!only || only === name) await measurePart(node);
if (only && only in PARTS) process.exit();

/** @type {Record<string, Record<string, number[]>>} */
const results = {};
for (let round = 1; round <= rounds; round += 1) {
  for (const name of names) {
    console.log(`round ${round}: ${name}`);
    for (const measure of [manyStreams, quickStreams]) await measureServer(name, measure);
    if (round === 1 && !quick) await measureServer(name, longRun);
  }
}
if (!only || only === 'editor')
  await measureEditor(quick ? { rounds: 1, minutes: 1 } : { rounds: 5, minutes: 10 }, add);
await mkdir('test-results', { recursive: true });
await writeFile(RESULTS, JSON.stringify({ date: new Date().toISOString(), rounds, results }, null, 2));
printTable(results);
printMarks(results);
if (!quick && !only) await plot(results);

/** Keeps the figures of one round. @param {string} name @param {Record<string, number>} figures */
function add(name, figures) {
  const kept = results[name] ?? {};
  for (const [figure, value] of Object.entries(figures)) kept[figure] = [...(kept[figure] ?? []), value];
  results[name] = kept;
}

/** Starts the server and its clients, and keeps what the measurement returns. @param {string} name @param {(server: import('./servers.mjs').Server, call: Call) => Promise<Record<string, number>>} measure */
async function measureServer(name, measure) {
  add(name, await underLoad(name, node, measure));
}

/** @typedef {import('./underLoad.mjs').Call} Call */

/** Measures 1,000, 4,000 and 8,000 streams at one event a second; then new ones in addition. @param {import('./servers.mjs').Server} server @param {Call} call */
async function manyStreams({ port, pid }, call) {
  /** @type {Record<string, number>} */
  const figures = {};
  const empty = usage(pid).memory;
  for (const size of SIZES) {
    await call('open', port, size, 1000);
    // Excludes the first events and the cost of opening.
    await call('measure', 1500);
    const before = usage(pid);
    const { events, delays, lost, doubled, cut } = await call('measure', WINDOW);
    const after = usage(pid);
    figures[`${size}: µs of processor per event`] = ((after.cpu - before.cpu) * 1000) / events;
    figures[`${size}: KB per connection`] = (after.memory - empty) / size / 1024;
    figures[`${size}: late by, p50 (ms)`] = delays.p50;
    figures[`${size}: late by, p99 (ms)`] = delays.p99;
    figures[`${size}: late by, max (ms)`] = delays.max;
    figures[`${size}: events lost, doubled, streams cut`] = lost + doubled + cut;
    const { latencies } = await call('latency', port, 200);
    figures[`${size}: headers after, p50 (ms)`] = quantile(latencies, 0.5);
    figures[`${size}: headers after, p99 (ms)`] = quantile(latencies, 0.99);
  }
  return figures;
}

/** Measures 200 streams at 10 ms. @param {import('./servers.mjs').Server} server @param {Call} call */
async function quickStreams({ port, pid }, call) {
  await call('open', port, 200, 10);
  await call('measure', 500);
  const before = usage(pid);
  const { events, lost, doubled } = await call('measure', WINDOW);
  return {
    '200 at 10 ms: % of the nominal events': (events / ((200 * WINDOW) / 10)) * 100,
    '200 at 10 ms: events doubled': doubled,
    '200 at 10 ms: events skipped': lost,
    '200 at 10 ms: µs of processor per event': ((usage(pid).cpu - before.cpu) * 1000) / events,
  };
}

/** Measures 1,000 streams for a minute. @param {import('./servers.mjs').Server} server @param {Call} call */
async function longRun({ port }, call) {
  await call('open', port, 1000, 1000);
  await call('measure', 1500);
  const { delays, trend } = await call('measure', TREND_WINDOW);
  return { '1000 for 60 s: late by, p99 (ms)': delays.p99, '1000 for 60 s: later at the end by (ms)': trend };
}
