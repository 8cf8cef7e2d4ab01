import type { ConnectionEvidence, Evidence, Noted, TextEvidence } from '../../evidence/evidence';

/** Maximum number of lines that are kept of all connections together. */
const MAX_LINES = 5;

/** Returns the connections whose response is read as an event stream. */
export function streamsIn({ connections }: Evidence): ConnectionEvidence[] {
  return connections.filter(({ head }) => head?.isStream);
}

/** Returns how often something came on all connections, and the first of it. */
export function notedIn(evidence: Evidence, pick: (text: TextEvidence) => Noted): Noted {
  const all = streamsIn(evidence).map(({ text }) => pick(text));
  return {
    count: all.reduce((sum, { count }) => sum + count, 0),
    first: all.flatMap(({ first }) => first).slice(0, MAX_LINES),
  };
}
