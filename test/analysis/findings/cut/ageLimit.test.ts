import { expect, test } from 'vitest';
import { ageLimit } from '../../../../src/analysis/findings/cut/ageLimit';
import { evidenceOf, head } from '../../../support/evidence/evidence';
import { said } from '../../../support/evidence/findingText';
import { every, streamedAt } from '../../../support/evidence/streamed';

/** A stream that ended at an age; the last event came some time before. */
const ended = (age: number, silence = 300, cause: 'cut' | 'end' = 'cut', requestedAt = 0) =>
  streamedAt([...every(1000, Math.floor((age - silence) / 1000) - 1), age - silence], {
    head: head({ at: 0 }),
    requestedAt,
    end: { at: age, cause, unfinished: false },
  });

test('two cuts at the same age prove it', () => {
  expect(said(ageLimit, evidenceOf([ended(30_000, 300), ended(30_400, 900, 'cut', 40_000)]))).toBe(
    'proven: Ends at an age of 30.0 s, 2 times, heartbeats or not: a limit on the whole answer. Such a limit is known of: Spring, Tomcat, Go.',
  );
});

test('one cut while events came is likely one if someone has that limit by default', () => {
  expect(said(ageLimit, evidenceOf([ended(29_000)]))).toMatch(
    /^likely: Cut at an age of 29\.0 s .* Amazon API Gateway\.$/,
  );
  expect(ageLimit(evidenceOf([ended(22_000)]))).toBeUndefined();
});

test('ends that are complete are a limit’s if they come at any time between events', () => {
  const clean = (...silences: number[]) =>
    ageLimit(evidenceOf(silences.map((silence, index) => ended(30_000, silence, 'end', index * 40_000))))?.confidence;
  expect(clean(0, 900)).toBe('likely');
  expect(clean(0, 900, 400)).toBe('proven');
  expect(clean(0, 0, 0)).toBeUndefined();
});

test.each([
  ['the stream ended by itself, once', evidenceOf([ended(30_000, 0, 'end')])],
  ['the stream was silent before each cut', evidenceOf([ended(66_000, 60_000), ended(66_000, 60_000, 'cut', 90_000)])],
  ['the ages differ', evidenceOf([ended(30_000), ended(33_000, 300, 'cut', 40_000)])],
  ['the stream was young', evidenceOf([ended(4000), ended(4000, 900, 'cut', 40_000)])],
  ['no event came', evidenceOf([{ ...ended(30_000), events: [], eventCount: 0 }])],
])('it isn’t found if %s', (_, evidence) => {
  expect(ageLimit(evidence)).toBeUndefined();
});
