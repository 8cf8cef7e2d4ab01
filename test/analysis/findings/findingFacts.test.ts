// The facts that an explanation stands on, as a table beside it has them.
import { expect, test } from 'vitest';
import type { Evidence, ProbeKind } from '../../../src/analysis/evidence/evidence';
import type { Finding, FindingId } from '../../../src/analysis/findings/finding';
import { findingFacts } from '../../../src/analysis/findings/findingFacts';
import { inEnglish } from '../../../src/text/translate';
import { connection, eventsAt, evidenceOf, head, probe, textEvidence } from '../../support/evidence/evidence';
import { chunksAt, streamedAt } from '../../support/evidence/streamed';

const finding = (id: FindingId, at?: number): Finding => ({ id, confidence: 'proven', at, values: {} });

function factsOf(found: Finding, evidence: Evidence) {
  const { columns, rows } = findingFacts(inEnglish, found, evidence);
  return { columns, rows: rows.map(({ label, values }) => [label, ...values].join(' | ')) };
}

test('the facts of a connection that was cut: its head, its bytes, its latest chunks, and the silence before its end', () => {
  const cut = streamedAt([100, 200, 300, 1400, 2500], {
    head: head({ at: 50, encoding: 'gzip' }),
    text: textEvidence({ comments: { count: 2, at: [] } }),
    end: { at: 62_500, cause: 'cut', code: 'ECONNRESET', unfinished: true },
  });
  expect(factsOf(finding('one-at-a-time'), evidenceOf([cut]))).toEqual({
    columns: ['connection 1'],
    rows: [
      'Response | 200 · text/event-stream · gzip',
      'Head after | 50 ms',
      'First byte after | 100 ms',
      'First event after | 100 ms',
      'Received | 100 bytes in 5 chunks',
      'First chunk | 20 bytes: 64617461 … 7d310a0a',
      'Latest chunks | 20 bytes at 200 ms · 20 bytes at 300 ms · 20 bytes at 1.4 s · 20 bytes at 2.5 s',
      'Events | 5',
      'Comments | 2',
      'End after | 62.5 s (cut off, ECONNRESET)',
      'Silent before that | 60.0 s',
    ],
  });
});

test('a response that is no stream has no number of events, and a short single chunk is told once, and whole', () => {
  const refusal = connection({
    head: head({ status: 404, contentType: 'text/plain', isStream: false }),
    chunks: chunksAt([10], 4, { first: '6e6f2e0a', last: '6e6f2e0a' }),
  });
  expect(factsOf(finding('cors'), evidenceOf([refusal])).rows).toEqual([
    'Response | 404 · text/plain',
    'Head after | 5 ms',
    'First byte after | 10 ms',
    'Received | 4 bytes in 1 chunks',
    'First chunk | 4 bytes: 6e6f2e0a',
  ]);
});

test('without a response, there is the error, or none', () => {
  const silent = connection({
    head: undefined,
    end: { at: 3, cause: 'failed', code: 'ECONNREFUSED', unfinished: false },
  });
  expect(factsOf(finding('cors'), evidenceOf([silent])).rows).toEqual(['Response | ECONNREFUSED']);
  expect(factsOf(finding('cors'), evidenceOf([connection({ head: undefined })])).rows).toEqual(['Response | none']);
});

test.each([
  ['end', 'complete'],
  ['cut', 'cut off'],
  ['failed', 'failed'],
  ['left', 'closed by us'],
] as const)('the end “%s” is told as %s, with no silence if nothing came', (cause, text) => {
  const ended = connection({ end: { at: 30, cause, unfinished: false } });
  const { rows } = factsOf(finding('cors'), evidenceOf([ended]));
  expect(rows.slice(-1)).toEqual([`End after | 30 ms (${text})`]);
});

test('the facts are those of the connection of the finding’s time, else of the last that was answered', () => {
  const connections = [1, 2, 3].map((number) =>
    connection({ number, requestedAt: number * 1000, ...(number === 3 ? { head: undefined } : {}) }),
  );
  const shown = (at?: number, of = connections) => factsOf(finding('deaf', at), evidenceOf(of)).columns;
  expect(shown(1999)).toEqual(['connection 1']);
  expect(shown(2000)).toEqual(['connection 2']);
  expect(shown(5000)).toEqual(['connection 3']);
  // Before the first: a clock that was set.
  expect(shown(0)).toEqual(['connection 2']);
  expect(shown()).toEqual(['connection 2']);
  expect(shown(undefined, connections.slice(2))).toEqual(['connection 3']);
  expect(shown(undefined, [])).toEqual([]);
});

test('beside the connection stand up to two requests that prove it, and what one of them lacks is a dash', () => {
  const quick = connection({ events: eventsAt(20), chunks: chunksAt([20]) });
  const slow = connection({ end: { at: 900, cause: 'end', unfinished: false } });
  const kinds: ProbeKind[] = ['second', 'other', 'identity', 'other'];
  const evidence = evidenceOf([slow], { probes: kinds.map((kind) => probe(kind, quick)) });
  const { columns, rows } = factsOf(finding('held-to-the-end'), evidence);
  expect(columns).toEqual(['connection 1', 'at the other address', 'without compression']);
  expect(rows).toContain('First event after | – | 20 ms | 20 ms');
  expect(rows).toContain('End after | 900 ms (complete) | – | –');
  expect(factsOf(finding('no-ids'), evidence).columns).toEqual(['connection 1']);
});

test('compression is compared with what a browser would get, if that was asked for', () => {
  const one = connection();
  const probes = [probe('browser', one), probe('identity', one)];
  const id = 'compressed-and-not-flushed';
  expect(factsOf(finding(id), evidenceOf([one], { probes })).columns).toEqual([
    expect.stringMatching(/browser/),
    'without compression',
  ]);
  expect(factsOf(finding(id), evidenceOf([one], { probes: probes.slice(1) })).columns).toEqual([
    'connection 1',
    'without compression',
  ]);
});
