import { expect, test } from 'vitest';
import type { ConnectionEvidence } from '../../../../src/analysis/evidence/evidence';
import { headHeldBack } from '../../../../src/analysis/findings/late/headHeldBack';
import { connection, evidenceOf, head, probe } from '../../../support/evidence/evidence';
import { said } from '../../../support/evidence/findingText';
import { every, streamedAt } from '../../../support/evidence/streamed';

const late = (more: Partial<ConnectionEvidence> = {}) =>
  streamedAt([2001, 4000, 6000], { head: head({ at: 2000 }), ...more });
const answered = (at: number, status = 200) => ({
  probes: [probe('head', connection({ head: head({ at, status }) }))],
});

test('a head that comes with the first event is a hint', () => {
  expect(said(headHeldBack, evidenceOf([late()]))).toBe(
    'hint: The head came only with the first bytes, after 2.0 s. Until then “onopen” doesn’t fire, and Firefox doesn’t even hand out a fetch’s response.',
  );
});

test('it is likely if HEAD was answered within 200 ms', () => {
  expect(said(headHeldBack, evidenceOf([late()], answered(199)))).toMatch(
    /^likely: .* HEAD was answered after 199 ms\./,
  );
  expect(headHeldBack(evidenceOf([late()], answered(200)))?.confidence).toBe('hint');
  expect(headHeldBack(evidenceOf([late()], answered(20, 404)))?.confidence).toBe('hint');
});

test('with several events, or as much as a buffer, it may be a proxy', () => {
  const several = late({ ...streamedAt([2001, 2001, 2002]), head: head({ at: 2000 }) });
  expect(said(headHeldBack, evidenceOf([several]))).toMatch(/The head came only with 3 events, after 2\.0 s: a proxy/);
  const full = late({ chunks: [{ number: 1, at: 2001, size: 3963, first: '', last: '' }] });
  expect(headHeldBack(evidenceOf([full]))?.variant).toBe('proxy');
});

test.each([
  ['the head comes in less than a second', evidenceOf([streamedAt(every(999, 3), { head: head({ at: 998 }) })])],
  ['the first byte comes later', evidenceOf([late({ head: head({ at: 1900 }) })])],
  ['nothing has come yet', evidenceOf([late({ chunks: [], events: [] })])],
  ['the whole answer came at once', evidenceOf([late({ end: { at: 2250, cause: 'end', unfinished: false } })])],
  ['the head came early another time', evidenceOf([late(), streamedAt([3000], { number: 2, requestedAt: 9000 })])],
  ['our own process was busy', evidenceOf([late()], { stalls: [{ from: 100, length: 401 }] })],
])('it isn’t found if %s', (_, evidence) => {
  expect(headHeldBack(evidence)).toBeUndefined();
});
