import type { Evidence } from '../evidence/evidence';
import { AGAIN_RULES } from './again/againRules';
import { CUT_RULES } from './cut/cutRules';
import type { Confidence, Finding, Rule } from './finding';
import { FORMAT_RULES } from './format/formatRules';
import { LATE_RULES } from './late/lateRules';
import { REFUSED_RULES } from './refused/refusedRules';

/** All rules; of two findings that are equally sure, the one whose rule stands first is shown first. */
const RULES: readonly Rule[] = [...REFUSED_RULES, ...LATE_RULES, ...CUT_RULES, ...FORMAT_RULES, ...AGAIN_RULES];

const ORDER: readonly Confidence[] = ['proven', 'likely', 'hint', 'information'];

/**
 * Returns all that the evidence shows, the surest first. All rules are about event streams: a response that is read as JSON
 * lines is none, and nothing is wrong with it for that.
 */
export function findingsOf(evidence: Evidence): Finding[] {
  const looking = lookForFindings(evidence);
  for (;;) {
    const { done, value } = looking.next();
    if (done) return value;
  }
}

/** Does the same a rule at a time, and yields after each: of the largest evidence, all together take 80 ms. */
export function* lookForFindings(evidence: Evidence): Generator<undefined, Finding[]> {
  const judged = withoutLines(evidence);
  const found: Finding[] = [];
  for (const rule of RULES) {
    found.push(...[rule(judged) ?? []].flat());
    yield;
  }
  return ORDER.flatMap((confidence) => found.filter((finding) => finding.confidence === confidence));
}

/** Returns the evidence without connections whose response is read as JSON lines, and without probes about those. */
function withoutLines(evidence: Evidence): Evidence {
  const connections = evidence.connections.filter(({ head }) => !head?.isLines);
  return connections.length === evidence.connections.length ? evidence : { ...evidence, connections, probes: [] };
}
