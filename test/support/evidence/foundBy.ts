import type { Evidence } from '../../../src/analysis/evidence/evidence';
import type { Rule } from '../../../src/analysis/findings/finding';
import { findingOf } from './findingOf';

/** Returns what the rules find, each as its id, its variant if it has one, and its confidence. */
export function foundBy(rules: readonly Rule[], evidence: Evidence): string[] {
  return rules.flatMap((rule) => {
    const finding = findingOf(rule, evidence);
    return finding ? [[finding.id, finding.variant, finding.confidence].filter((part) => part).join(' ')] : [];
  });
}
