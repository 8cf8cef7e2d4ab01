import type { Evidence } from '../../../src/analysis/evidence/evidence';
import { connection, eventsAt, evidenceOf, head, probe, textEvidence } from './evidence';
import { chunksAt, every, streamedAt } from './streamed';

const MINUTE = 60_000;

/** Evidence of streams that have no fault, each as it looks to a client. */
export const HEALTHY: Readonly<Record<string, Evidence>> = {
  'a slow LLM, whose head comes at once': evidenceOf([
    streamedAt(every(30, 80, 4000), { end: { at: 6400, cause: 'end', unfinished: false } }),
  ]),
  'a slow LLM, whose head comes with the first event': evidenceOf([
    streamedAt(every(30, 80, 4000), { head: head({ at: 3998 }), end: { at: 6400, cause: 'end', unfinished: false } }),
  ]),
  'a snapshot at connect, then a few events': evidenceOf([streamedAt([...every(0, 50, 20), ...every(3000, 8, 3000)])]),
  'a snapshot in large chunks': evidenceOf([
    connection({
      chunks: chunksAt([10, 12, 13, 14, 16], 65_536, { last: '61616161' }),
      events: eventsAt(...every(0, 500, 16)),
    }),
  ]),
  'a sparse chat': evidenceOf([streamedAt([800, 8000, 8500, 21_000, 43_000])], { now: 58_000 }),
  '1,000 events a second, in blocks that TCP made': evidenceOf([
    connection({
      chunks: chunksAt(every(41, 80), 4096, { last: '61616161' }),
      events: eventsAt(...Array.from({ length: 3000 }, (_, index) => 41 * (1 + Math.floor(index / 41)))).slice(0, 500),
    }),
  ]),
  'a short answer, made in one go': evidenceOf(
    [streamedAt(every(0, 12, 600), { head: head({ at: 599 }), end: { at: 602, cause: 'end', unfinished: false } })],
    { now: 5000 },
  ),
  'a short answer with a length': evidenceOf(
    [
      streamedAt(every(0, 3, 10), {
        head: head({ headers: [['Content-Length', '60']] }),
        end: { at: 12, cause: 'end', unfinished: false },
      }),
    ],
    { now: 3000 },
  ),
  'a stream whose client was busy for seconds': evidenceOf(
    [streamedAt(every(0, 40, 4100), { end: { at: 4101, cause: 'end', unfinished: false } })],
    { stalls: [{ from: 30, length: 4070 }] },
  ),
  'a stream in large chunks, as its client was busy again and again': evidenceOf(
    [
      connection({
        chunks: chunksAt(every(400, 10), 65_536, { last: '61616161' }),
        events: eventsAt(...Array.from({ length: 300 }, (_, index) => 400 * (1 + Math.floor(index / 30)))),
      }),
    ],
    { stalls: every(400, 10, 10).map((from) => ({ from, length: 380 })) },
  ),
  'flushed gzip': evidenceOf([
    streamedAt(every(500, 8), {
      head: head({ encoding: 'gzip' }),
      chunks: chunksAt(every(500, 8), 16, { last: '0000ffff' }),
    }),
  ]),
  'flushed brotli': evidenceOf([streamedAt(every(500, 8), { head: head({ encoding: 'br' }) })]),
  'gzip with nothing to say': evidenceOf(
    [
      connection({
        head: head({ encoding: 'gzip' }),
        chunks: chunksAt([6], 10, { first: '1f8b0800', last: '00000003' }),
      }),
    ],
    {
      now: 20_000,
      probes: [
        probe('identity', { ...connection(), requestedAt: 9000, end: { at: 9500, cause: 'left', unfinished: false } }),
      ],
    },
  ),
  'a huge event, sent slowly': evidenceOf([
    connection({ chunks: chunksAt(every(300, 40), 65_536, { last: '61616161' }), events: eventsAt(12_000) }),
  ]),
  'nothing but heartbeats': evidenceOf(
    [
      connection({
        chunks: chunksAt(every(15_000, 8), 8),
        text: textEvidence({ comments: { count: 8, at: every(15_000, 8) } }),
      }),
    ],
    { now: 2 * MINUTE },
  ),
  'an answer that ends after a minute': evidenceOf([
    streamedAt(every(1000, 60), { end: { at: 60_001, cause: 'end', unfinished: false } }),
  ]),
  'the same answer again and again': evidenceOf(
    [0, 1, 2].map((index) =>
      streamedAt(every(1000, 30), {
        number: index + 1,
        requestedAt: index * 33_000,
        end: { at: 30_005, cause: 'end', unfinished: false },
      }),
    ),
  ),
};
