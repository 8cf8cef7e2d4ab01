// The marks that the figures have to reach, as ratios of medians within one run, and whether they did.
import { quantile } from './quantile.mjs';

/** @typedef {Record<string, Record<string, number[]>>} Results figures of all rounds, by server and figure */

const GO = 'Go, the article’s design';
const HTTP = 'node:http + setInterval';
const NET = 'bare net (the limit)';
const CPU = '8000: µs of processor per event';
const MEMORY = '8000: KB per connection';

/** Marks: the measured value, its derivation from the medians, and its maximum or minimum. @type {[string, (of: (name: string, figure: string) => number) => number, '≤' | '≥', number][]} */
const MARKS = [
  ['processor per event, of Go’s', (of) => of('ours', CPU) / of(GO, CPU), '≤', 0.75],
  ['processor per event, of node:http’s', (of) => of('ours', CPU) / of(HTTP, CPU), '≤', 0.75],
  ['processor per event, of bare net’s', (of) => of('ours', CPU) / of(NET, CPU), '≤', 1.2],
  ['memory per connection, of Go’s', (of) => of('ours', MEMORY) / of(GO, MEMORY), '≤', 0.75],
  ['memory per connection, of node:http’s', (of) => of('ours', MEMORY) / of(HTTP, MEMORY), '≤', 0.9],
  ['1000 streams: late by, p99 (ms)', (of) => of('ours', '1000 for 60 s: late by, p99 (ms)'), '≤', 5],
  ['1000 streams: later after 60 s by (ms)', (of) => of('ours', '1000 for 60 s: later at the end by (ms)'), '≤', 1],
  ['10 ms × 200: % of the nominal events', (of) => of('ours', '200 at 10 ms: % of the nominal events'), '≥', 99],
  ['10 ms × 200: doubled', (of) => of('ours', '200 at 10 ms: events doubled'), '≤', 0],
  ['headers p50 with 8000 open (ms)', (of) => of('ours', '8000: headers after, p50 (ms)'), '≤', 5],
  ['events lost, doubled, streams cut', (of) => of('ours', '8000: events lost, doubled, streams cut'), '≤', 0],
  [
    'processor per event, 8000 streams of 1000’s',
    (of) => of('ours', CPU) / of('ours', '1000: µs of processor per event'),
    '≤',
    1,
  ],
  [
    'activation beside an empty extension’s (ms more)',
    (of) =>
      of('ours', 'activation, as VS Code says (ms)') - of('an empty extension', 'activation, as VS Code says (ms)'),
    '≤',
    10,
  ],
  [
    '10,000 events at once, beyond 1.5 of curl’s (ms)',
    (of) => of('ours', '10000 events at once (ms)') - 1.5 * of('curl -N', '10000 events at once (ms)'),
    '≤',
    300,
  ],
  ['5,000 events/s: frames a second', (of) => of('ours', '5000 events/s: frames a second'), '≥', 30],
  [
    '5,000 events/s: MB more a minute, history full',
    (of) => of('ours', '5000 events/s: MB more a minute once the history is full'),
    '≤',
    15,
  ],
  [
    '5,000 events/s: longest block of the event loop (ms)',
    (of) => of('ours', '5000 events/s: longest block of the event loop (ms)'),
    '≤',
    50,
  ],
  ['command to first count (ms)', (of) => of('ours', 'command to first count (ms)'), '≤', 1500],
];

/** Prints each mark that this run has figures for. @param {Results} results */
export function printMarks(results) {
  const median = (/** @type {string} */ name, /** @type {string} */ figure) =>
    quantile(results[name]?.[figure] ?? [], 0.5);
  console.log('\nMarks');
  for (const [title, derive, sign, mark] of MARKS) {
    const value = derive(median);
    if (Number.isNaN(value)) continue;
    const reached = sign === '≤' ? value <= mark : value >= mark;
    console.log(
      `  ${reached ? 'reached' : 'MISSED '}  ${title.padEnd(52)}${value.toFixed(2).padStart(9)}  ${sign} ${mark}`,
    );
  }
}
