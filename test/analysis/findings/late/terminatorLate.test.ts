import { expect, test } from 'vitest';
import { terminatorLate } from '../../../../src/analysis/findings/late/terminatorLate';
import { connection, eventsAt, evidenceOf } from '../../../support/evidence/evidence';
import { said } from '../../../support/evidence/findingText';
import { chunksAt, every } from '../../../support/evidence/streamed';

const late = (by: number, count = 4, size = 20, more = {}) => {
  const times = every(500, 6);
  const events = eventsAt(...times).map((event) => (event.number <= count ? { ...event, endLateBy: by } : event));
  return evidenceOf([connection({ events, chunks: chunksAt(times, size) })], more);
};

test('blank lines that come with the next event prove it', () => {
  expect(said(terminatorLate, late(500))).toBe(
    'proven: Each event’s blank line comes with the next event, so each is 500 ms late; the last one never comes.',
  );
  expect(terminatorLate(late(50, 3))).toBeDefined();
});

test('blank lines that come by themselves are told from those', () => {
  expect(said(terminatorLate, late(200, 6, 1))).toMatch(
    /^proven: The blank line that ends an event comes 200 ms after its fields/,
  );
});

test.each([
  ['they come soon', late(49)],
  ['two are late', late(500, 2)],
  ['our own process was busy', late(500, 6, 20, { stalls: every(500, 6, 100).map((from) => ({ from, length: 101 })) })],
])('it isn’t found if %s', (_, evidence) => {
  expect(terminatorLate(evidence)).toBeUndefined();
});
