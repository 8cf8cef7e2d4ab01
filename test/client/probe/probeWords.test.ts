import { expect, test } from 'vitest';
import type { ProbeKind } from '../../../src/analysis/evidence/evidence';
import type { LeftOut, Step } from '../../../src/client/probe/probedStream';
import { checkedSentences, stepText } from '../../../src/client/probe/probeWords';
import { inEnglish } from '../../../src/text/translate';
import { connection, eventsAt, evidenceOf, head } from '../../support/evidence/evidence';

const KINDS: ProbeKind[] = [
  ...(['again', 'identity', 'browser', 'anyType', 'origin', 'preflight', 'second', 'resumed'] as const),
  ...(['head', 'other', 'http2'] as const),
];
const END = { at: 1234, cause: 'left', unfinished: false } as const;

test('each step has words of its own', () => {
  const steps: Step[] = ['first', ...KINDS];
  const texts = steps.map((step) => stepText(inEnglish, step));
  expect(new Set(texts).size).toBe(steps.length);
  expect(Math.max(...texts.map(({ length }) => length))).toBeLessThan(40);
});

test('a sentence for each probe, the two of compression and of Accept in one each', () => {
  const evidence = evidenceOf([connection({ events: eventsAt(1, 2), end: END })]);
  const sentences = checkedSentences(inEnglish, { evidence, asked: KINDS, leftOut: [] }, 'http://localhost:5173');
  expect(sentences[0]).toBe('The stream as it is: 2 events in 1.2 s.');
  expect(sentences).toContain('Whether a page on http://localhost:5173 may read it.');
  expect(sentences).toHaveLength(1 + KINDS.length - 2);
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/);
});

test.each<[LeftOut[], string[]]>([
  [[{ reason: 'method' }], ['No more than that: only a GET is made again unasked, not POST.']],
  [
    [
      { kind: 'identity', reason: 'noStream' },
      { kind: 'browser', reason: 'noStream' },
      { kind: 'resumed', reason: 'noStream' },
    ],
    ['Not the rest: the response is no event stream.'],
  ],
  [[{ kind: 'other', reason: 'noTime' }], ['Not at the other address: there was no time left.']],
  [
    [{ kind: 'origin', reason: 'noOrigin' }],
    ['Not whether a page of another origin may read it: no origin was given.'],
  ],
])('what was left out is said: %j', (leftOut, said) => {
  const evidence = evidenceOf([connection({ request: { ...connection().request, method: 'POST' }, end: END })]);
  const sentences = checkedSentences(inEnglish, { evidence, asked: [], leftOut }, undefined);
  expect(sentences).toEqual(['The stream as it is: 0 events in 1.2 s.', ...said]);
});

test('a response that is no stream is named, with what is from outside made plain', () => {
  const refusal = connection({
    head: head({ status: 401, contentType: 'text/\u202ehtml', isStream: false }),
    end: END,
  });
  const none = connection({ head: undefined, end: END });
  const first = (of: typeof refusal) =>
    checkedSentences(inEnglish, { evidence: evidenceOf([of]), asked: [], leftOut: [] }, undefined)[0];
  expect(first(refusal)).toBe('The response: its status is 401, its type \u2068text/⟨U+202E⟩html\u2069.');
  expect(first(none)).toBe('The stream as it is: no response came in 1.2 s.');
});
