import { expect } from 'vitest';
import type { ConnectionEvidence, Evidence } from '../../../src/analysis/evidence/evidence';
import type { Finding, Rule } from '../../../src/analysis/findings/finding';

/** Time by which the same evidence is moved, in milliseconds. */
const LATER = 10_000;

/**
 * Returns what a rule finds, no earlier than the first request. If all was seen that much later, it finds the same, that much
 * later: no rule goes by the time since the first request.
 */
export function findingOf(rule: Rule, evidence: Evidence): Finding | undefined {
  const [finding, moved] = [rule(evidence), rule(later(evidence))];
  expect(placeOf(moved)).toEqual(placeOf(finding));
  expect((moved?.at ?? LATER) - LATER).toBeCloseTo(finding?.at ?? 0);
  expect(finding?.at ?? 0).toBeGreaterThanOrEqual(0);
  return finding;
}

function placeOf(finding: Finding | undefined) {
  if (!finding) return undefined;
  const { id, confidence, variant, at, position } = finding;
  return { id, confidence, variant, position, hasTime: at !== undefined };
}

/** Returns the same evidence with a first request that was made earlier, and isn't in it. */
function later(evidence: Evidence): Evidence {
  const move = (connection: ConnectionEvidence) => ({ ...connection, requestedAt: connection.requestedAt + LATER });
  return {
    ...evidence,
    startedAt: evidence.startedAt - LATER,
    now: evidence.now + LATER,
    connections: evidence.connections.map(move),
    stalls: evidence.stalls.map((stall) => ({ ...stall, from: stall.from + LATER })),
    probes: evidence.probes.map((probe) => ({ ...probe, connection: move(probe.connection) })),
  };
}
