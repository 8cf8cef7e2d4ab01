import { expect, test } from 'vitest';
import { deaf } from '../../../../src/analysis/findings/cut/deaf';
import { eventsAt, evidenceOf, probe } from '../../../support/evidence/evidence';
import { said } from '../../../support/evidence/findingText';
import { every, streamedAt } from '../../../support/evidence/streamed';

/** A first connection, and a second asked for beside it after 40 s, whose events have other sizes. */
function beside(first: number[], second: number[], more: { size?: number; ids?: number; closed?: number } = {}) {
  const { size = 33, ids, closed = 9000 } = more;
  const events = eventsAt(...second).map((event) => ({
    ...event,
    size,
    ...(ids !== undefined && { id: String(event.number + ids) }),
  }));
  const one = streamedAt(first, { end: { at: 40_000 + closed, cause: 'left', unfinished: false } });
  const withIds = {
    ...one,
    events: one.events.map((event) => ({ ...event, ...(ids !== undefined && { id: String(event.number) }) })),
  };
  const two = { ...streamedAt(second), events, requestedAt: 40_000 };
  return evidenceOf([withIds], { now: 60_000, probes: [probe('second', two, { firstClosedAt: closed })] });
}

test('events that only a second connection gets prove it, if their ids go on behind those of the first', () => {
  expect(said(deaf, beside(every(1000, 30), every(1000, 6, 1500), { ids: 30 }))).toBe(
    'proven: This connection is open, but gets nothing any more: a second one beside it got 6 events.',
  );
});

test('they prove it, too, if the first never got any', () => {
  expect(deaf(beside([], every(1000, 6, 1500)))?.confidence).toBe('proven');
});

test('without such ids, each connection may get an answer of its own, of which the first has had all', () => {
  expect(deaf(beside(every(1000, 30), every(1000, 6, 1500)))?.confidence).toBe('hint');
});

test.each([
  ['the first gets events, too', beside([...every(1000, 30), 44_000], every(1000, 6, 1500))],
  ['two events came', beside(every(1000, 30), [1500, 2500])],
  ['the second got them within a second', beside(every(1000, 30), every(100, 9))],
  ['the first was closed before they came', beside(every(1000, 30), every(1000, 6, 1500), { closed: 3000 })],
  ['each connection is told the same', beside(every(1000, 30), every(1000, 6, 1500), { size: 20 })],
  ['the second got what the first has had', beside(every(1000, 30), every(1000, 6, 1500), { ids: 0 })],
  [
    'the first is young',
    { ...beside([], every(1000, 6, 1500)), connections: [streamedAt([26_000], { requestedAt: 25_001 })] },
  ],
  [
    'our own process was busy',
    { ...beside(every(1000, 30), every(1000, 6, 1500)), stalls: [{ from: 42_000, length: 3000 }] },
  ],
  ['no second was asked for', evidenceOf([streamedAt(every(1000, 30))], { now: 60_000 })],
])('it isn’t found if %s', (_, evidence) => {
  expect(deaf(evidence)).toBeUndefined();
});
