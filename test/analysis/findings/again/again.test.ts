import { expect, test } from 'vitest';
import type { ConnectionEvidence, EndEvidence, EventEvidence } from '../../../../src/analysis/evidence/evidence';
import { AGAIN_RULES } from '../../../../src/analysis/findings/again/againRules';
import { pauseOf, returnsIn } from '../../../../src/analysis/findings/again/ids';
import { roundAndRound } from '../../../../src/analysis/findings/again/roundAndRound';
import { connection, eventsAt, evidenceOf, head, probe, textEvidence } from '../../../support/evidence/evidence';
import { foundBy } from '../../../support/evidence/foundBy';
import { noted } from '../../../support/evidence/noted';

const CUT: EndEvidence = { at: 1000, cause: 'cut', unfinished: false };
const CLEAN: EndEvidence = { at: 1000, cause: 'end', unfinished: false };

/** Returns events with these ids, 10 ms behind each other. */
function eventsOf(...ids: (string | undefined)[]): EventEvidence[] {
  const events = eventsAt(...ids.map((_, index) => 10 * index));
  return events.map((event, index) => ({ ...event, ...(ids[index] !== undefined && { id: ids[index] }) }));
}

/** Returns connections 4 s behind each other; each was asked for behind the last id of the one before. */
function connections(...given: Partial<ConnectionEvidence>[]): ConnectionEvidence[] {
  let lastEventId = '';
  return given.map((more, index) => {
    const request = { ...connection().request, lastEventId };
    lastEventId = more.events?.findLast(({ id }) => id !== undefined)?.id ?? lastEventId;
    return connection({ number: index + 1, requestedAt: index * 4000, request, ...more });
  });
}

function found(...given: Partial<ConnectionEvidence>[]): string[] {
  return foundBy(AGAIN_RULES, evidenceOf(connections(...given)));
}

test('a stream that ends and begins with the same ids goes round and round', () => {
  const round = { events: eventsOf('1', '2', '3'), end: CLEAN };
  expect(found(round, round)).not.toContain('round-and-round again proven');
  expect(found(round, round, round)).toContain('round-and-round again proven');
  expect(roundAndRound(evidenceOf(connections(round, round, round)))?.values).toEqual({ rounds: 3, wait: 3000 });
});

test('a pause is from the end of a connection to the request behind it; where that end isn’t known, from request to request', () => {
  const stream = { head: head() };
  const pauses = returnsIn(evidenceOf(connections({ ...stream, end: CLEAN }, stream, stream))).map(pauseOf);
  expect(pauses).toEqual([3000, 4000]);
});

test('without ids, events that look alike are likely the same', () => {
  const round = { events: eventsOf(undefined, undefined), end: CLEAN };
  expect(found(round, round, round)).toEqual(['round-and-round again likely']);
});

test('short answers without ids that differ are a hint, and long ones are a limit on the age', () => {
  const rounds = [1, 2, 3].map((size) => ({ events: eventsAt(...Array(size).keys()), end: CLEAN }));
  expect(found(...rounds)).toEqual(['round-and-round anew hint']);
  const long = rounds.map((round) => ({ ...round, end: { ...CLEAN, at: 30_000 } }));
  expect(found(...long)).toEqual(['no-ids hint']);
});

test.each([undefined, 'v17'])(
  'a server that tells its state each time, and when to ask again, is asked on purpose (id: %s)',
  (id) => {
    const text = textEvidence({ retries: [5000] });
    const round = { events: eventsOf(id), end: CLEAN, text };
    expect(found(round, round, round)).toContain('round-and-round anew hint');
  },
);

test('a stream that resumes after each end, or is told to stop, doesn’t go round', () => {
  const ends = [
    ['1', '2'],
    ['3', '4'],
    ['5', '6'],
  ].map((ids) => ({ events: eventsOf(...ids), end: CLEAN }));
  expect(found(...ends)).toEqual([]);
  const round = { events: eventsOf('1', '2'), end: CLEAN };
  const stop = { head: head({ status: 204, isStream: false }), end: { ...CLEAN, at: 5 } };
  expect(found(round, round, round, stop)).not.toContain('round-and-round again proven');
});

test('after a cut, a stream without ids has lost what was sent meanwhile', () => {
  const [one, two] = [eventsAt(1, 2), eventsAt(1).map((event) => ({ ...event, size: 30 }))];
  expect(found({ events: one, end: CUT }, { events: two })).toEqual(['no-ids proven']);
});

test('a stream without ids that ends by itself, or begins with a snapshot, may have lost nothing', () => {
  const other = eventsAt(1).map((event) => ({ ...event, size: 30 }));
  expect(found({ events: eventsAt(1, 2), end: CLEAN }, { events: other })).toEqual(['no-ids hint']);
  expect(found({ events: eventsAt(1, 2), end: CUT }, { events: eventsAt(1, 2) })).toEqual(['no-ids hint']);
});

test('a stream with ids, or that was left, or didn’t come back, has lost nothing', () => {
  expect(found({ events: eventsOf('1'), end: CUT }, { events: eventsOf('2') })).toEqual([]);
  expect(found({ events: eventsAt(1), end: { ...CUT, cause: 'left' } }, { events: eventsAt(1) })).toEqual([]);
  expect(found({ events: eventsAt(1), end: CUT })).toEqual([]);
});

test('what comes again behind its id is proven to be resumed wrongly', () => {
  expect(found({ events: eventsOf('1', '2', '3'), end: CUT }, { events: eventsOf('1', '2', '3', '4') })).toEqual([
    'resume-ignored again proven',
  ]);
  expect(found({ events: eventsOf('1', '2', '3'), end: CUT }, { events: eventsOf('3', '4') })).toEqual([
    'resume-ignored inclusive hint',
  ]);
});

test('ids that begin anew with other events are likely those of the connection', () => {
  const again = eventsOf('1', '2').map((event) => ({ ...event, size: 31 }));
  expect(found({ events: eventsOf('1', '2', '3'), end: CUT }, { events: again })).toEqual([
    'resume-ignored restart likely',
  ]);
});

test('a stream that goes on, however late, or sends the state first, is resumed', () => {
  expect(found({ events: eventsOf('1', '2'), end: CUT }, { events: eventsOf('3') })).toEqual([]);
  expect(found({ events: eventsOf('a', 'b'), end: CUT }, { events: eventsOf('x') })).toEqual([]);
  expect(found({ events: eventsOf('0', '8', '9'), end: CUT }, { events: eventsOf('0', '10') })).toEqual([]);
});

test('a probe behind the third id proves it without a cut', () => {
  const given = connection({ events: eventsOf('1', '2', '3', '4') });
  const asked = (...ids: string[]) => {
    const request = { ...connection().request, lastEventId: '3' };
    const resumed = probe('resumed', connection({ request, events: eventsOf(...ids) }));
    return foundBy(AGAIN_RULES, evidenceOf([given], { probes: [resumed] }));
  };
  expect(asked('1', '2', '3')).toEqual(['resume-ignored again proven']);
  expect(asked('4', '5')).toEqual([]);
  expect(asked('90')).toEqual([]);
  expect(asked()).toEqual([]);
});

test.each<[string, string[], string[]]>([
  ['that return', ['a', 'b', 'a', 'c'], ['ids-broken repeat likely']],
  ['that go down', ['1', '2', '3', '4', '2', '5', '6'], ['ids-broken down likely']],
  ['of Redis that go down', ['17-0', '17-1', '18-0', '18-1', '17-5'], ['ids-broken down likely']],
  ['that are all the same', ['x', 'x', 'x', 'x'], ['ids-broken constant hint']],
  ['that rise', ['1', '2', '5', '9', '10'], []],
  ['of Redis that rise', ['9-9', '10-0', '10-1', '10-10'], []],
  ['that are random', ['71', '5', '90', '12', '33', '4'], []],
  ['of several events each', ['1', '1', '2', '2'], []],
  ['that are words', ['b', 'a', 'd', 'c'], []],
])('ids %s', (_, ids, expected) => {
  expect(found({ events: eventsOf(...ids) })).toEqual(expected);
});

test('a type that counts by itself is named', () => {
  const types = ['message', 'message', 'status', 'message', 'status', 'message'];
  const events = eventsOf('7', '8', '1', '9', '2', '10').map((event, index) => ({
    ...event,
    type: types[index] ?? '',
  }));
  expect(found({ events })).toEqual(['ids-broken own-count likely']);
  const together = eventsOf('1', '1', '2', '2', '3').map((event, index) => ({ ...event, type: `t${index % 2}` }));
  expect(found({ events: together })).toEqual([]);
});

test('ids that were cut, and events that aren’t kept, tell of nothing', () => {
  const long = 'x'.repeat(100);
  expect(found({ events: eventsOf(long, 'a', long, 'b', long) })).toEqual([]);
  const far = eventsOf('1', '2', '3').concat(eventsOf('1', '2').map((event) => ({ ...event, number: 900 })));
  expect(found({ events: far })).toEqual([]);
});

test('a gap behind a reconnect is likely history that is gone', () => {
  const before = { events: eventsOf('1', '2', '3', '4', '5'), end: CUT };
  expect(found(before, { events: eventsOf('9', '10') })).toEqual(['ids-broken gap likely']);
  expect(found(before, { events: eventsOf('6', '7') })).toEqual([]);
  expect(found({ events: eventsOf('1', '3', '4', '7', '9'), end: CUT }, { events: eventsOf('20') })).toEqual([]);
});

test('an id with NUL is ignored, and an empty one resets the last', () => {
  expect(found({ text: textEvidence({ nulIds: noted('a') }) })).toEqual(['ids-broken nul proven']);
  const text = textEvidence({ emptyIds: noted('') });
  expect(found({ text, events: eventsOf('1', undefined) })).toEqual(['ids-broken empty likely']);
  expect(found({ text, events: eventsOf(undefined) })).toEqual(['ids-broken empty hint']);
});
