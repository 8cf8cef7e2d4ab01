import { expect, test } from 'vitest';
import { CUT_RULES } from '../../../src/analysis/findings/cut/cutRules';
import { LATE_RULES } from '../../../src/analysis/findings/late/lateRules';
import { HEALTHY } from '../../support/evidence/healthy';

/** Findings that are true of some healthy streams, though they are no faults. */
const TRUE: Record<string, string[]> = {
  'a slow LLM, whose head comes with the first event': ['hint head-held-back'],
  'flushed gzip': ['information compressed-and-flushed'],
  'flushed brotli': ['information compressed-and-flushed'],
  'nothing but heartbeats': ['information heartbeat-unseen'],
};

test.each(Object.entries(HEALTHY))('nothing late or cut is found in %s', (name, evidence) => {
  const found = [...LATE_RULES, ...CUT_RULES].flatMap((rule) => rule(evidence) ?? []);
  expect(found.map(({ id, confidence }) => `${confidence} ${id}`)).toEqual(TRUE[name] ?? []);
});
