import { expect, test } from 'vitest';
import { findingsOf } from '../../../src/analysis/findings/findings';
import { connection, evidenceOf, head, probe } from '../../support/evidence/evidence';

const NDJSON = 'application/x-ndjson';

test('a response that is read as JSON lines isn’t accused of being no event stream, nor are probes about it', () => {
  const lines = connection({ head: head({ contentType: NDJSON, isLines: true }) });
  const refused = probe('again', connection({ head: head({ contentType: NDJSON, isStream: false }) }));
  expect(findingsOf(evidenceOf([lines]))).toEqual([]);
  expect(findingsOf(evidenceOf([lines], { probes: [refused] }))).toEqual([]);
});

test('one that is read as an event stream, or not at all, is', () => {
  for (const isStream of [true, false]) {
    const other = connection({ head: head({ contentType: NDJSON, isStream }) });
    expect(findingsOf(evidenceOf([other])).map(({ id }) => id)).toContain('wrong-type');
  }
});
