// A million events over loopback: through an Inspection, beside node:http with eventsource-parser and an array of its events.
import { once } from 'node:events';
import { get } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { build } from 'esbuild';
import { createParser } from '../node_modules/eventsource-parser/dist/index.js';
import { EVENTS, startMillion } from './million.mjs';
import { quantile } from './quantile.mjs';

/** Number of rounds, of which the median counts. */
const ROUNDS = 5;

/** @typedef {{ time: number, blocked: number, events: number }} Run times in milliseconds */

/** Prints the time of a million events through an Inspection as a ratio to its peer's, and how long the event loop was blocked. */
export async function measureInspection() {
  const { outputFiles } = await build({
    entryPoints: ['src/client/inspection.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
  });
  const { Inspection } = commonJs(new TextDecoder().decode(outputFiles[0]?.contents));
  const { url, server } = await startMillion();
  /** @type {Run[][]} */
  const rounds = [];
  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      const pair = [await run(() => throughInspection(Inspection, url)), await run(() => throughPeer(url))];
      // The first round compiles.
      if (round > 0) rounds.push(pair);
    }
  } finally {
    server.kill();
  }
  const median = (/** @type {(pair: Run[]) => number | undefined} */ of) =>
    quantile(
      rounds.map(of).filter((value) => value !== undefined),
      0.5,
    );
  console.log(`${EVENTS.toLocaleString('en')} events of 86 bytes     Inspection   node:http + eventsource-parser`);
  console.log(
    `time (ms)                            ${median(([ours]) => ours?.time)
      .toFixed(0)
      .padEnd(13)}${median(([, theirs]) => theirs?.time).toFixed(0)}`,
  );
  console.log(
    `event loop blocked, at most (ms)     ${median(([ours]) => ours?.blocked)
      .toFixed(0)
      .padEnd(13)}${median(([, theirs]) => theirs?.blocked).toFixed(0)}`,
  );
  console.log(
    `ratio of times                       ${median(([ours, theirs]) => ours && theirs && ours.time / theirs.time).toFixed(2)}`,
  );
}

/** @param {string} code @returns {any} */
function commonJs(code) {
  const module = { exports: {} };
  new Function('module', 'exports', 'require', code)(
    module,
    module.exports,
    process.getBuiltinModule('node:module').createRequire(import.meta.url),
  );
  return module.exports;
}

/** @param {() => Promise<number>} read @returns {Promise<Run>} */
async function run(read) {
  globalThis.gc?.();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const begin = performance.now();
  const events = await read();
  const time = performance.now() - begin;
  delay.disable();
  if (events !== EVENTS) throw new Error(`${events} events were read.`);
  return { time, blocked: delay.max / 1e6, events };
}

/** @param {typeof import('../../src/client/inspection').Inspection} Inspection @param {string} url @returns {Promise<number>} */
function throughInspection(Inspection, url) {
  return new Promise((resolve) => {
    const inspection = new Inspection(() => {});
    const request = { url, method: 'GET', headers: [], body: '', insecure: false };
    const nothing = () => {};
    // Its own report comes up to 100 ms later.
    const onEnd = () => {
      inspection.close();
      resolve(inspection.history.count);
    };
    const told = {
      onConnect: nothing,
      onResponse: nothing,
      onBytes: nothing,
      onEvent: nothing,
      onLastEventId: nothing,
      onWait: nothing,
      onEnd,
    };
    inspection.connect(request, { reconnect: false, lastEventId: '' }, told);
  });
}

/** @param {string} url @returns {Promise<number>} */
async function throughPeer(url) {
  /** @type {unknown[]} */
  const events = [];
  const [parser, decoder] = [createParser({ onEvent: (event) => events.push(event) }), new TextDecoder()];
  const [response] = await once(get(url), 'response');
  response.on('data', (/** @type {Buffer} */ chunk) => parser.feed(decoder.decode(chunk, { stream: true })));
  await once(response, 'end');
  return events.length;
}
