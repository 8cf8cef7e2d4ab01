import { expect } from 'vitest';
import type { Evidence } from '../../../src/analysis/evidence/evidence';
import type { Rule } from '../../../src/analysis/findings/finding';
import { findingWords } from '../../../src/analysis/findings/findingWords';
import { inEnglish } from '../../../src/text/translate';
import { findingOf } from './findingOf';

/** Returns what a rule says of evidence, as `confidence: sentence`; undefined if it finds nothing. */
export function said(rule: Rule, evidence: Evidence): string | undefined {
  const finding = findingOf(rule, evidence);
  if (!finding) return undefined;
  const { text } = findingWords(inEnglish, finding);
  // A placeholder without a value, or a value that isn't a number.
  expect(text).not.toMatch(/\{\d|NaN|undefined/);
  return `${finding.confidence}: ${text}`;
}
