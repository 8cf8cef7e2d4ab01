import { expect, test } from 'vitest';
import { countedOrClosed } from '../../../../src/analysis/findings/cut/countedOrClosed';
import { evidenceOf, head } from '../../../support/evidence/evidence';
import { said } from '../../../support/evidence/findingText';
import { every, streamedAt } from '../../../support/evidence/streamed';

const end = (at: number, unfinished = false) => ({ at, cause: 'end' as const, unfinished });
const counted = head({ headers: [['content-length', '4096']] });
const closed = (httpVersion: string) => head({ httpVersion, headers: [] });

test('a stream with a length that goes on for a second ends after so much', () => {
  expect(said(countedOrClosed, evidenceOf([streamedAt(every(300, 4), { head: counted })]))).toBe(
    'proven: The stream has a Content-Length: it ends after 4096 bytes, whatever comes.',
  );
});

test('a short answer with a length is at fault only if it is broken', () => {
  const short = (times: number[], unfinished: boolean) =>
    countedOrClosed(evidenceOf([streamedAt(times, { head: counted, end: end(999, unfinished) })]));
  expect([short([5, 6], false), short([5, 6], true)?.confidence, short([], false)?.confidence]).toEqual([
    undefined,
    'proven',
    'proven',
  ]);
});

test.each(['1.0', '1.1'])('a stream of HTTP/%s with neither length nor chunks is a hint', (version) => {
  expect(said(countedOrClosed, evidenceOf([streamedAt(every(300, 4), { head: closed(version) })]))).toBe(
    `hint: The answer (HTTP/${version}) has neither a length nor chunks: a cut can’t be told from the end, and some proxies fail on it.`,
  );
});

test.each([
  ['it has chunks', evidenceOf([streamedAt(every(300, 4))])],
  ['it came over HTTP/2', evidenceOf([streamedAt(every(300, 4), { head: closed('2.0') })])],
  ['it is a short answer', evidenceOf([streamedAt([5], { head: closed('1.0'), end: end(20) })])],
])('nothing is said if %s', (_, evidence) => {
  expect(countedOrClosed(evidence)).toBeUndefined();
});
