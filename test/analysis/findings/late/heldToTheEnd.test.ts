import { expect, test } from 'vitest';
import type { ConnectionEvidence } from '../../../../src/analysis/evidence/evidence';
import { heldToTheEnd } from '../../../../src/analysis/findings/late/heldToTheEnd';
import { eventsAt, evidenceOf, head, probe } from '../../../support/evidence/evidence';
import { said } from '../../../support/evidence/findingText';
import { every, streamedAt } from '../../../support/evidence/streamed';

const end = (at: number) => ({ at, cause: 'end' as const, unfinished: false });
const burst = (count: number, at: number, more: Partial<ConnectionEvidence> = {}) =>
  streamedAt(every(0, count, at), { end: end(at + 3), ...more });
/** Events that say when they were made, a number of milliseconds apart. */
const timed = (at: number, apart: number, made = 1_700_000_000_123) =>
  burst(5, at, {
    events: eventsAt(...every(0, 5, at)).map((event, index) => ({ ...event, madeAt: made + index * apart })),
  });

test('many events in one burst after a second, and then the end, are likely held', () => {
  expect(said(heldToTheEnd, evidenceOf([burst(8, 4151)]))).toBe(
    'likely: All 8 events came within 0 ms, 4.2 s after the request, and the stream ended: something kept them until it was complete.',
  );
});

test('a few that a server may have made in one go are a hint', () => {
  expect(said(heldToTheEnd, evidenceOf([burst(3, 1500)]))).toMatch(/^hint: .*Unless the server makes them in one go/);
});

test('the times at which they were made prove it, also after less than a second', () => {
  expect(said(heldToTheEnd, evidenceOf([timed(2000, 400)]))).toMatch(
    /^proven: .* By their own times they were made over 1\.6 s\.$/,
  );
  expect(heldToTheEnd(evidenceOf([timed(515, 100)], { now: 2000 }))?.confidence).toBe('proven');
});

test('another address at which they come one by one proves it, on either way', () => {
  const other = (connection: ConnectionEvidence) => ({ probes: [probe('other', connection)] });
  const spread = streamedAt(every(300, 8), { end: end(2450) });
  expect(said(heldToTheEnd, evidenceOf([burst(8, 2400)], other(spread)))).toMatch(
    /^proven: .* Asked another way, they came over 2\.1 s\.$/,
  );
  expect(said(heldToTheEnd, evidenceOf([spread], other(burst(8, 2400))))).toMatch(
    /^proven: At the other address all 8 events/,
  );
});

test('the first bytes of a compressed answer may come early', () => {
  const compressed = burst(6, 3000, {
    head: head({ encoding: 'gzip' }),
    chunks: [{ number: 1, at: 6, size: 10, first: '1f8b0800', last: '00000003' }],
  });
  expect(heldToTheEnd(evidenceOf([compressed]))?.confidence).toBe('likely');
});

test.each([
  ['they came in less than a second', evidenceOf([burst(8, 900)], { now: 5000 })],
  ['they are a history from before the request', evidenceOf([timed(300, 60_000)], { now: 5000 })],
  ['they were made in one go', evidenceOf([timed(300, 1)], { now: 5000 })],
  ['the stream goes on', evidenceOf([burst(8, 4000, { end: undefined })], { now: 9000 })],
  ['the stream ends some time later', evidenceOf([burst(8, 4000, { end: end(4101) })])],
  ['they came one by one', evidenceOf([streamedAt(every(100, 20, 2000), { end: end(3910) })])],
  [
    'comments came before them',
    evidenceOf([burst(8, 4000, { chunks: [{ number: 1, at: 6, size: 5, first: '3a206f6b', last: '6f6b0a0a' }] })]),
  ],
  [
    'our own process was busy for most of the time',
    evidenceOf([burst(8, 4000)], { stalls: [{ from: 3000, length: 990 }] }),
  ],
  ['our own process was busy just before', evidenceOf([burst(8, 4000)], { stalls: [{ from: 3800, length: 198 }] })],
])('it isn’t found if %s', (_, evidence) => {
  expect(heldToTheEnd(evidence)).toBeUndefined();
});
