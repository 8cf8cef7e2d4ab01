import type { Evidence } from '../../analysis/evidence/evidence';
import type { Finding } from '../../analysis/findings/finding';
import { maskedData } from '../request/secrets/maskedData';

/** Members whose texts are ours, or the protocol's. */
const OURS = new Set(['kind', 'cause', 'method', 'httpVersion', 'alpn', 'code', 'error']);

/** Returns evidence with masks for the secrets that a server has sent back. */
export function maskedEvidence<Seen extends Partial<Evidence>>(evidence: Seen, secrets: readonly string[]): Seen {
  return maskedData(evidence, secrets, (member) => OURS.has(member));
}

/** Returns findings with masks for such secrets in their values, from which their words are made. */
export function maskedFindings(findings: readonly Finding[], secrets: readonly string[]): Finding[] {
  return findings.map((finding) => ({ ...finding, values: maskedData(finding.values, secrets) }));
}
