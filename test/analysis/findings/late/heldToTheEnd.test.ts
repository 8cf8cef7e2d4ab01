import { expect, test } from 'vitest';
import type { ConnectionEvidence } from '../../../../src/analysis/evidence/evidence';
import { heldToTheEnd } from '../../../../src/analysis/findings/late/heldToTheEnd';
import { eventsAt, evidenceOf, head, probe } from '../../../support/evidence/evidence';
import { said } from '../../../support/evidence/findingText';
import { every, streamedAt } from '../../../support/evidence/streamed';

/** Time of the first request. */
const STARTED = evidenceOf([]).startedAt;
const end = (at: number) => ({ at, cause: 'end' as const, unfinished: false });
const burst = (count: number, at: number, more: Partial<ConnectionEvidence> = {}) =>
  streamedAt(every(0, count, at), { end: end(at + 3), ...more });
/** Events that say when they were made, a number of milliseconds apart. */
const timed = (at: number, apart: number, made = STARTED + 123, more: Partial<ConnectionEvidence> = {}) =>
  burst(5, at, {
    events: eventsAt(...every(0, 5, at)).map((event, index) => ({ ...event, madeAt: made + index * apart })),
    ...more,
  });

test.each([3, 80])(
  '%i events in one burst after a second, and then the end, are a hint: a server may make them in one go',
  (count) => {
    expect(said(heldToTheEnd, evidenceOf([burst(count, 4151)]))).toBe(
      `hint: All ${count} events came within 0 ms, 4.2 s after the request, and the stream ended. Unless the server makes them in one go, something kept them until it was complete.`,
    );
  },
);

test('a clock of the server that differs from ours is known by its Date', () => {
  const hour = 3_600_000;
  const dated = (date: number) => head({ at: 1990, headers: [['Date', new Date(date).toUTCString()]] });
  const late = (date: number) => evidenceOf([timed(2000, 400, STARTED + hour + 100, { head: dated(date) })]);
  expect(heldToTheEnd(late(STARTED + hour + 2000))?.confidence).toBe('proven');
  expect(heldToTheEnd(late(STARTED + 2000))?.confidence).toBe('hint');
});

test.each([
  ['rows of a table', STARTED - 86_400_000],
  ['what was said just before the request', STARTED - 3000],
  ['a timetable', STARTED + 86_400_000],
])('times of %s, which a query took long to find, prove nothing', (_, made) => {
  expect(heldToTheEnd(evidenceOf([timed(3000, 400, made)]))?.confidence).toBe('hint');
});

test('what was missed comes at once to a client that comes back, and is compared with no stream that began anew', () => {
  const request = { ...streamedAt([]).request, lastEventId: '7' };
  const probes = [probe('identity', streamedAt(every(300, 8), { end: end(2450) }))];
  expect(heldToTheEnd(evidenceOf([burst(8, 2400, { request })], { probes }))?.confidence).toBe('hint');
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
  expect(heldToTheEnd(evidenceOf([compressed]))?.confidence).toBe('hint');
});

test.each([
  ['they came in less than a second', evidenceOf([burst(8, 900)], { now: 5000 })],
  ['they are a history from before the request', evidenceOf([timed(300, 60_000, STARTED - 300_000)], { now: 5000 })],
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
