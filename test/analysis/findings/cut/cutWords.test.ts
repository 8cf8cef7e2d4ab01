import { expect, test } from 'vitest';
import { CUT_WORDS } from '../../../../src/analysis/findings/cut/cutWords';
import type { FindingId } from '../../../../src/analysis/findings/finding';
import { findingWords } from '../../../../src/analysis/findings/findingWords';
import { inEnglish } from '../../../../src/text/translate';

const fixes = (id: string, variant?: string) =>
  findingWords(inEnglish, { id: id as FindingId, confidence: 'likely', variant, values: {} }).fixes;

test('each fault that cuts a stream has a fix', () => {
  expect(Object.keys(CUT_WORDS).filter((id) => fixes(id).length === 0)).toEqual([]);
});

test('the fixes name the servers that they are for', () => {
  expect(fixes('idle-limit').map((fix) => fix.for ?? 'all')).toEqual([
    'all',
    'Node.js',
    'nginx',
    'AWS ALB',
    'Bun',
    'Envoy',
  ]);
  expect(fixes('age-limit').map((fix) => fix.for ?? 'all')).toEqual(['all', 'Go', 'Spring', 'Envoy']);
});

test('the heartbeat for all is a comment, the one that a page sees is an event without an id', () => {
  expect(fixes('no-heartbeat')[0]?.code).toBe(': beat\n');
  expect(fixes('heartbeat-unseen')[0]?.code).toBe('event: ping\ndata: {}\n\n');
});
