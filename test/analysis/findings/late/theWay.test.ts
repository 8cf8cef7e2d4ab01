import { expect, test } from 'vitest';
import { cached } from '../../../../src/analysis/findings/late/cached';
import { theWay } from '../../../../src/analysis/findings/late/theWay';
import { eventsAt, evidenceOf, head, probe } from '../../../support/evidence/evidence';
import { said } from '../../../support/evidence/findingText';
import { every, streamedAt } from '../../../support/evidence/streamed';

const answered = (...headers: [string, string][]) => streamedAt(every(500, 4), { head: head({ headers }) });

test('names by their headers what a response passed, the nearest first', () => {
  const connection = answered(['x-powered-by', 'Express'], ['server', 'nginx/1.22.1'], ['cf-ray', '8a1']);
  expect(said(theWay, evidenceOf([connection]))).toBe(
    'information: On the way, by the headers: Cloudflare → nginx → Express.',
  );
});

test('says nothing of a server that it doesn’t know', () => {
  expect(theWay(evidenceOf([answered(['Server', 'mine'])]))).toBeUndefined();
});

test('a stored answer is known by its age, or by the header of its cache', () => {
  expect(said(cached, evidenceOf([answered(['Age', '90'])]))).toBe(
    'likely: This is a stored answer, 90.0 s old: a cache on the way gave it.',
  );
  expect(said(cached, evidenceOf([answered(['X-Cache', 'Hit from cloudfront'])]))).toMatch(
    /^likely: This is a stored answer: a cache/,
  );
});

test('it is proven if another request got the same events, made at the same times', () => {
  const made = (at: number, from: number) => ({
    ...answered(['X-Cache', 'HIT']),
    requestedAt: at,
    events: eventsAt(...every(500, 4)).map((event, index) => ({ ...event, madeAt: from + index })),
  });
  const found = (at: number, from: number) =>
    cached(evidenceOf([made(0, 7)], { probes: [probe('again', made(at, from))] }));
  expect([found(2000, 7)?.confidence, found(2000, 8)?.confidence, found(1999, 7)?.confidence]).toEqual([
    'proven',
    'likely',
    'likely',
  ]);
});

test.each<[string, string]>([
  ['Age', '0'],
  ['X-Cache', 'MISS'],
  ['CF-Cache-Status', 'DYNAMIC'],
])('an answer with %s: %s isn’t stored', (name, value) => {
  expect(cached(evidenceOf([answered([name, value])]))).toBeUndefined();
});
