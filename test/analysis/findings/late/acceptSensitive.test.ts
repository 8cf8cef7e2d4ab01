import { expect, test } from 'vitest';
import { acceptSensitive } from '../../../../src/analysis/findings/late/acceptSensitive';
import { connection, evidenceOf, head, probe } from '../../../support/evidence/evidence';
import { said } from '../../../support/evidence/findingText';
import { streamedAt } from '../../../support/evidence/streamed';

const REFUSED = { headers: [] as [string, string][], isStream: false };
const again = (...times: number[]) => times.map((at) => probe('again', streamedAt([at])));
const any = (...times: number[]) =>
  times.map((at) => probe('anyType', { ...streamedAt([at]), request: { ...connection().request, accept: '*/*' } }));

test('three tries of each kind prove that the stream is late without the header', () => {
  const evidence = evidenceOf([streamedAt([9])], { probes: [...again(7, 8), ...any(1300, 1500, 2500)] });
  expect(said(acceptSensitive, evidence)).toBe(
    'proven: The stream starts after 9 ms when asked with “Accept: text/event-stream”, after 1.3 s without it.',
  );
});

test('a late head is a hint after one try', () => {
  const slow = probe('anyType', connection({ head: head({ at: 1200 }) }));
  expect(acceptSensitive(evidenceOf([streamedAt([9])], { probes: [slow] }))?.confidence).toBe('hint');
});

test('no head in 5 s is late', () => {
  const none = (at: number) =>
    probe('anyType', connection({ head: undefined, end: { at, cause: 'left', unfinished: false } }));
  const found = (at: number) => acceptSensitive(evidenceOf([streamedAt([9])], { now: 20_000, probes: [none(at)] }));
  expect([found(5000)?.values['without'], found(4999)]).toEqual([5000, undefined]);
});

test.each([
  [406, 'text/plain', true],
  [200, 'text/html', true],
  [429, 'text/plain', false],
  [503, 'text/html', false],
])('another answer counts by its status: %i %s', (status, contentType, counts) => {
  const other = probe('anyType', connection({ head: head({ ...REFUSED, status, contentType }) }));
  const text = said(acceptSensitive, evidenceOf([streamedAt([9])], { probes: [other] }));
  expect(text).toBe(
    counts
      ? `proven: Asked without “Accept: text/event-stream”, the server answers ${status} ${contentType} instead of the stream.`
      : undefined,
  );
});

test.each([
  [
    'tries differ as much among themselves',
    evidenceOf([streamedAt([1500])], { probes: [...again(7, 8), ...any(1300, 1500, 2400)] }),
  ],
  ['one try had a late first event', evidenceOf([streamedAt([9])], { probes: any(4000) })],
  [
    'our own process was busy',
    evidenceOf([streamedAt([9])], {
      stalls: [{ from: 10, length: 1200 }],
      probes: [...again(7, 8), ...any(1300, 1300, 1300)],
    }),
  ],
  ['it wasn’t asked for', evidenceOf([streamedAt([9])])],
])('it isn’t found if %s', (_, evidence) => {
  expect(acceptSensitive(evidence)).toBeUndefined();
});
