import { build } from 'esbuild';
import { createParser } from '../node_modules/eventsource-parser/dist/index.js';
import { quantile } from './quantile.mjs';

/** Sizes of chunks, in bytes: a packet of a network, and a read from a socket. */
const CHUNKS = [1400, 65_536];
/** Number of rounds, of which the median counts. */
const ROUNDS = 15;

/** @param {number} count @param {(n: number) => string} event */
const repeated = (count, event) => Array.from({ length: count }, (_, n) => event(n)).join('');

/** Streams as they come: what is in them decides what a parser does most. */
const STREAMS = {
  'LLM deltas': repeated(
    20_000,
    (n) =>
      `data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"choices":[{"index":0,"delta":{"content":"token ${n}"}}]}\n\n`,
  ),
  'ids and types': repeated(40_000, (n) => `id: ${n}\nevent: tick\ndata: {"n":${n}}\n\n`),
  'data: 1': repeated(200_000, () => 'data: 1\n\n'),
  '64 KB events': repeated(64, () => `data: ${'x'.repeat(65_536)}\n\n`),
  '20 lines each': repeated(8000, () => `${repeated(20, (n) => `data: line ${n} of this event\n`)}\n`),
  'CRLF': repeated(40_000, (n) => `id: ${n}\r\ndata: {"n":${n}}\r\n\r\n`),
  'not ASCII': repeated(20_000, (n) => `id: ${n}\ndata: {"content":"潮汐 ${n} 月亮的引力"}\n\n`),
};

/**
 * Prints the time of our parser as a ratio to that of eventsource-parser behind a streaming TextDecoder, both in this process and
 * in turn. The mark is 1.
 */
export async function measureReader() {
  const { outputFiles } = await build({
    entryPoints: ['src/stream/parse.ts'],
    bundle: true,
    format: 'esm',
    write: false,
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  const { EventStreamParser } = await import(`data:text/javascript;base64,${code}`);
  console.log(
    `${'time beside eventsource-parser'.padEnd(32)}${CHUNKS.map((size) => `chunks of ${size} B`.padEnd(20)).join('')}`,
  );
  for (const [name, text] of Object.entries(STREAMS)) {
    // A Buffer, as sockets give them: it finds a byte in a long line sooner than any other Uint8Array.
    const bytes = Buffer.from(text);
    const ratios = CHUNKS.map((size) => ratioOf(EventStreamParser, piecesOf(bytes, size)).toFixed(2).padEnd(20));
    console.log(`${name.padEnd(32)}${ratios.join('')}`);
  }
}

/** @param {Uint8Array} bytes @param {number} size */
function piecesOf(bytes, size) {
  const pieces = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return pieces;
}

/** @param {typeof import('../../src/stream/parse').EventStreamParser} Parser @param {Uint8Array[]} chunks */
function ratioOf(Parser, chunks) {
  /** @type {number[]} */
  const ratios = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [ours, theirs] = [
      timeOf((count) => readByUs(Parser, chunks, count)),
      timeOf((count) => readByThem(chunks, count)),
    ];
    if (ours.events !== theirs.events) throw new Error(`We read ${ours.events} events, they ${theirs.events}.`);
    // The first round compiles.
    if (round > 0) ratios.push(ours.time / theirs.time);
  }
  return quantile(ratios, 0.5);
}

/** @param {(count: () => void) => void} read */
function timeOf(read) {
  let events = 0;
  const begin = performance.now();
  read(() => {
    events += 1;
  });
  return { events, time: performance.now() - begin };
}

/** @param {typeof import('../../src/stream/parse').EventStreamParser} Parser @param {Uint8Array[]} chunks @param {() => void} count */
function readByUs(Parser, chunks, count) {
  const parser = new Parser(count, { maxEventSize: 16 * 1024 * 1024 });
  for (const chunk of chunks) parser.feed(chunk);
}

/** @param {Uint8Array[]} chunks @param {() => void} count */
function readByThem(chunks, count) {
  const [parser, decoder] = [createParser({ onEvent: count }), new TextDecoder()];
  for (const chunk of chunks) parser.feed(decoder.decode(chunk, { stream: true }));
}
