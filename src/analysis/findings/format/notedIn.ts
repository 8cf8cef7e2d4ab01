import type { Evidence, Noted, TextEvidence } from '../../evidence/evidence';
import { streamsOf } from '../../evidence/streams';

/** Maximum number of lines that are kept of all connections together. */
const MAX_LINES = 5;

/** Returns how often something came on all connections, and the first of it. */
export function notedIn(evidence: Evidence, pick: (text: TextEvidence) => Noted): Noted {
  const all = streamsOf(evidence).map(({ text }) => pick(text));
  return {
    count: all.reduce((sum, { count }) => sum + count, 0),
    first: all.flatMap(({ first }) => first).slice(0, MAX_LINES),
  };
}
