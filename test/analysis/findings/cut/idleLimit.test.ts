import { expect, test } from 'vitest';
import { idleLimit } from '../../../../src/analysis/findings/cut/idleLimit';
import { evidenceOf } from '../../../support/evidence/evidence';
import { said } from '../../../support/evidence/findingText';
import { every, streamedAt } from '../../../support/evidence/streamed';

/** A stream with an event a second, which was cut after some silence. */
const cut = (silence: number, seconds = 3, requestedAt = 0, cause: 'cut' | 'end' | 'left' = 'cut') =>
  streamedAt(every(1000, seconds), { requestedAt, end: { at: seconds * 1000 + silence, cause, unfinished: false } });

test('two cuts after the same silence, at other ages, prove it', () => {
  expect(said(idleLimit, evidenceOf([cut(60_000, 3), cut(60_400, 9, 90_000)]))).toBe(
    'proven: Cut after 60.0 s without a byte, 2 times: an idle limit. Such a limit is known of: nginx, AWS ALB, Cowboy.',
  );
});

test('one cut may be a limit, and is likely to be if someone has it by default', () => {
  expect(said(idleLimit, evidenceOf([cut(59_000)]))).toBe(
    'likely: Cut after 59.0 s without a byte: this may be an idle limit. Such a limit is known of: nginx, AWS ALB, Cowboy.',
  );
  expect(said(idleLimit, evidenceOf([cut(7000)]))).toBe(
    'hint: Cut after 7.0 s without a byte: this may be an idle limit.',
  );
});

test('two cuts at the same age may be those of another limit', () => {
  expect(said(idleLimit, evidenceOf([cut(60_000), cut(60_000, 3, 90_000)]))).toMatch(
    /^likely: .* or one of the whole answer\./,
  );
});

test.each([
  [9500, 'Bun'],
  [10_500, 'Bun'],
  [30_800, 'Amazon CloudFront'],
  [55_000, 'Heroku'],
  [100_000, 'Cloudflare, dev tunnels'],
  [120_000, 'Node.js before 13'],
  [125_000, 'Cloudflare'],
  [233_000, 'Azure'],
  [300_000, 'Envoy'],
  [350_000, 'AWS NLB, AWS NAT Gateway'],
  [80_000, ''],
])('a silence of %i ms is the limit of %j', (silence, names) => {
  expect(idleLimit(evidenceOf([cut(silence)]))?.values['names']).toBe(names);
});

test.each([
  ['the silence was short', evidenceOf([cut(4999)])],
  ['the stream ended completely', evidenceOf([cut(60_000, 3, 0, 'end')])],
  ['we closed it', evidenceOf([cut(60_000, 3, 0, 'left')])],
  [
    'it survived a longer silence',
    evidenceOf([streamedAt([1000, 72_000], { end: { at: 132_000, cause: 'cut', unfinished: false } })]),
  ],
  ['cuts have nothing in common', evidenceOf([cut(7000), cut(19_000, 3, 60_000)])],
  ['our own process was busy', evidenceOf([cut(60_000)], { stalls: [{ from: 20_000, length: 15_000 }] })],
])('it isn’t found if %s', (_, evidence) => {
  expect(idleLimit(evidence)).toBeUndefined();
});
