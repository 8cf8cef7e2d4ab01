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

test('a stream whose events have ids isn’t told to give them ids', () => {
  const fixesOf = (ids: number) => {
    const finding = {
      id: 'cut-in-an-event',
      confidence: 'proven',
      variant: 'within',
      values: { event: 2, ids },
    } as const;
    return findingWords(inEnglish, finding).fixes.map(({ text }) => text);
  };
  expect(fixesOf(0)).toEqual([
    'Give each event an id, and send those behind Last-Event-ID when the client comes back.',
  ]);
  expect(fixesOf(1)).toEqual(['When the client comes back, send the events behind its Last-Event-ID.']);
});
