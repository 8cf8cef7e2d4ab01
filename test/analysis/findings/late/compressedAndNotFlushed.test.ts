import { expect, test } from 'vitest';
import type { ConnectionEvidence } from '../../../../src/analysis/evidence/evidence';
import { compressedAndNotFlushed } from '../../../../src/analysis/findings/late/compressedAndNotFlushed';
import { connection, evidenceOf, head, probe } from '../../../support/evidence/evidence';
import { said } from '../../../support/evidence/findingText';
import { chunksAt, every, streamedAt } from '../../../support/evidence/streamed';

const PRELUDE = chunksAt([6], 10, { first: '1f8b0800', last: '00000003' });
const left = (at: number) => ({ at, cause: 'left' as const, unfinished: false });

/** A connection to which only the beginning of its compressed data came. */
const held = (more: Partial<ConnectionEvidence> = {}) =>
  connection({ head: head({ encoding: 'gzip' }), chunks: PRELUDE, ...more });

test('it is proven by events that came meanwhile without compression', () => {
  const evidence = evidenceOf([streamedAt(every(500, 20))], {
    probes: [probe('browser', held({ requestedAt: 3000, end: left(6005) }))],
  });
  expect(said(compressedAndNotFlushed, evidence)).toBe(
    'proven: Asked as a browser asks, the server compresses (gzip), and holds the events in its compressor: 10 bytes in 6.0 s. Asked without compression, 12 events came in that time.',
  );
});

test('it is proven by a request without compression at another time, if that got events all the time', () => {
  const identity = probe('identity', streamedAt(every(400, 8), { requestedAt: 9000, end: left(3300) }));
  const found = compressedAndNotFlushed(evidenceOf([held()], { now: 13_000, probes: [identity] }));
  expect([found?.confidence, found?.values['events']]).toEqual(['proven', 8]);
});

test.each([
  ['deflate', 2],
  ['br', 0],
])('the first bytes of %s are %i', (encoding, bytes) => {
  const browser = (size: number) =>
    probe(
      'browser',
      connection({ head: head({ encoding }), chunks: size ? chunksAt([7], size) : [], end: left(5005) }),
    );
  const found = (size: number) =>
    compressedAndNotFlushed(evidenceOf([streamedAt(every(500, 20))], { probes: [browser(size)] }))?.confidence;
  expect([found(bytes), found(bytes + 1)]).toEqual(['proven', undefined]);
});

test('it is a hint without a request to compare with', () => {
  expect(said(compressedAndNotFlushed, evidenceOf([held()], { now: 5006 }))).toMatch(
    /^hint: Compressed \(gzip\), and only the first 10 bytes have come in 5\.0 s:/,
  );
  expect(compressedAndNotFlushed(evidenceOf([held()], { now: 5005 }))).toBeUndefined();
});

test('it is likely if all but the first bytes came with the end', () => {
  const chunks = [...PRELUDE, { number: 2, at: 3000, size: 300, first: 'abab', last: 'cdcd' }];
  const events = streamedAt([3000, 3000, 3001]).events;
  const ended = (at: number) =>
    evidenceOf([held({ chunks, events, eventCount: 3, end: { at, cause: 'end', unfinished: false } })]);
  expect(said(compressedAndNotFlushed, ended(3002))).toMatch(/^likely: .*10 bytes in 3\.0 s, then all 3 events/);
  expect(compressedAndNotFlushed(ended(3500))).toBeUndefined();
});

test.each([
  [
    'nothing came without compression, either',
    evidenceOf([connection()], { now: 9000, probes: [probe('browser', held({ end: left(8000) }))] }),
  ],
  [
    'it was asked for less than a second',
    evidenceOf([streamedAt(every(50, 60))], { probes: [probe('browser', held({ end: left(900) }))] }),
  ],
  [
    'the events come more rarely',
    evidenceOf([streamedAt([3000, 6000, 9000])], {
      probes: [probe('browser', held({ requestedAt: 2000, end: left(5000) }))],
    }),
  ],
  [
    'a snapshot came at connect, and nothing since',
    evidenceOf([streamedAt([6, 6, 6, 7])], {
      now: 20_000,
      probes: [probe('browser', held({ requestedAt: 9000, chunks: chunksAt([6], 90), end: left(5000) }))],
    }),
  ],
  [
    'nothing came at that time without compression, though before',
    evidenceOf([streamedAt([300, 600, 900])], {
      now: 20_000,
      probes: [probe('browser', held({ requestedAt: 9000, end: left(6000) }))],
    }),
  ],
  [
    'events come in bursts, with long silences between them',
    evidenceOf([streamedAt([2000, 2000, 2001, 2002], { end: left(10_000) })], {
      now: 20_000,
      probes: [
        probe('browser', held({ requestedAt: 10_000, end: left(10_000) })),
        probe('identity', streamedAt([4000, 4000, 4001], { requestedAt: 20_000, end: left(4250) })),
      ],
    }),
  ],
  [
    'an answer takes its time to begin',
    evidenceOf([streamedAt(every(50, 200, 4000))], {
      now: 15_000,
      probes: [probe('browser', held({ requestedAt: 6000, chunks: [], end: left(3500) }))],
    }),
  ],
  [
    'an answer takes longer to begin at times',
    evidenceOf([streamedAt(every(50, 60, 2500), { end: left(5600) })], {
      now: 20_000,
      probes: [
        probe('identity', streamedAt(every(50, 90, 900), { requestedAt: 9000, end: left(4800) })),
        probe('browser', held({ requestedAt: 9000, end: left(4900) })),
      ],
    }),
  ],
  [
    'our own process was busy',
    evidenceOf([streamedAt(every(500, 20))], {
      stalls: [{ from: 4000, length: 1500 }],
      probes: [probe('browser', held({ requestedAt: 3000, end: left(5000) }))],
    }),
  ],
  ['the coding is one that we don’t know', evidenceOf([held({ head: head({ encoding: 'toString' }) })], { now: 9000 })],
])('it isn’t found if %s', (_, evidence) => {
  expect(compressedAndNotFlushed(evidence)).toBeUndefined();
});
