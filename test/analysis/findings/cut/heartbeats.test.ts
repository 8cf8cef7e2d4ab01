import { expect, test } from 'vitest';
import { heartbeatUnseen } from '../../../../src/analysis/findings/cut/heartbeatUnseen';
import { noHeartbeat } from '../../../../src/analysis/findings/cut/noHeartbeat';
import { evidenceOf, textEvidence } from '../../../support/evidence/evidence';
import { said } from '../../../support/evidence/findingText';
import { chunksAt, streamedAt } from '../../../support/evidence/streamed';

const comments = (...at: number[]) => ({ text: textEvidence({ comments: { count: at.length, at } }) });

test('45 s of silence without a heartbeat are a hint, also while they last', () => {
  expect(said(noHeartbeat, evidenceOf([streamedAt([1000, 46_000])]))).toBe(
    'hint: Silent for 45.0 s without a heartbeat: many proxies cut a stream that is silent for 60 s.',
  );
  expect(noHeartbeat(evidenceOf([streamedAt([1000])], { now: 46_000 }))?.values).toEqual({ silence: 45_000 });
});

test.each([
  ['the silence is shorter', evidenceOf([streamedAt([1000, 45_999])])],
  ['there are comments', evidenceOf([streamedAt([1000, 60_000], comments(900))])],
  [
    'it was cut after that silence',
    evidenceOf([streamedAt([1000], { end: { at: 61_000, cause: 'cut', unfinished: false } })]),
  ],
  ['our own machine slept', evidenceOf([streamedAt([1000, 90_000])], { stalls: [{ from: 2000, length: 87_000 }] })],
])('no heartbeat is missed if %s', (_, evidence) => {
  expect(noHeartbeat(evidence)).toBeUndefined();
});

test('a heartbeat in comments is information if no event comes for 20 s', () => {
  const stream = streamedAt([1000, 21_000], { ...comments(11_000), chunks: chunksAt([1000, 11_000, 21_000]) });
  expect(said(heartbeatUnseen, evidenceOf([stream]))).toBe(
    'information: The heartbeat is a comment: for 20.0 s nothing else came. It keeps proxies content, but a page can’t see it.',
  );
});

test('it is seen before the first event and after the last', () => {
  expect(heartbeatUnseen(evidenceOf([streamedAt([25_000], comments(15_000))]))?.at).toBe(5);
  expect(heartbeatUnseen(evidenceOf([streamedAt([300], comments(15_000))], { now: 30_000 }))?.at).toBe(300);
});

test.each([
  ['events come in between', evidenceOf([streamedAt([1000, 20_000, 39_000], comments(11_000, 30_000))])],
  ['a comment only opens the stream', evidenceOf([streamedAt([25_000], comments(5, 255))])],
  ['there are none', evidenceOf([streamedAt([25_000])])],
])('nothing is said of comments if %s', (_, evidence) => {
  expect(heartbeatUnseen(evidence)).toBeUndefined();
});
