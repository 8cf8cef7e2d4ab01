import type { Evidence } from '../../evidence/evidence';
import { streamsOf } from '../../evidence/streams';

/** Returns the event types on all connections and how often each came, the commonest first. */
export function typesIn(evidence: Evidence): [type: string, count: number][] {
  const counts = new Map<string, number>();
  for (const [type, count] of streamsOf(evidence).flatMap(({ types }) => types))
    counts.set(type, (counts.get(type) ?? 0) + count);
  return [...counts].sort(([, one], [, other]) => other - one);
}
