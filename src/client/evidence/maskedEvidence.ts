import type { Evidence } from '../../analysis/evidence/evidence';
import type { Finding } from '../../analysis/findings/finding';
import type { Turns } from '../../turns/turns';
import { maskedData, maskingData } from '../request/secrets/maskedData';

/** Members whose texts are ours, or the protocol's. */
const OURS = new Set(['kind', 'cause', 'method', 'httpVersion', 'alpn', 'code', 'error']);

/** Resolves with evidence with masks for the secrets that a server has sent back, in turns: there may be megabytes of it. */
export async function maskedInTurns<Seen extends Partial<Evidence>>(
  evidence: Seen,
  secrets: readonly string[],
  turns: Turns,
): Promise<Seen> {
  const masking = maskingData(evidence, secrets, (member) => OURS.has(member));
  for (;;) {
    if (turns.isOver) await turns.next();
    const { done, value } = masking.next();
    if (done) return value;
  }
}

/** Returns findings with masks for such secrets in their values, from which their words are made. */
export function maskedFindings(findings: readonly Finding[], secrets: readonly string[]): Finding[] {
  return findings.map((finding) => ({ ...finding, values: maskedData(finding.values, secrets) }));
}
