import type { ConnectionEvidence, EventEvidence, Evidence } from '../../evidence/evidence';
import { headerValue } from '../../evidence/headerValues';
import { isStream, probesOf, streamsOf } from '../../evidence/streams';
import type { Rule } from '../finding';

/** Headers that say how a cache came by a response. */
const CACHES = ['X-Cache', 'X-Cache-Status', 'CF-Cache-Status', 'X-Proxy-Cache', 'X-Vercel-Cache'];
/** Number of events that are compared. */
const FIRST = 3;
/** Time between two requests that a live stream would show in its events, in milliseconds. */
const APART = 2000;

/** D11: the response is one that a cache had stored. */
export const cached: Rule = (evidence) => {
  const asked = [...streamsOf(evidence), ...probesOf(evidence, 'again').filter(isStream)];
  const connection = asked.find(isStored);
  if (!connection || evidence.now < 1000) return undefined;
  const age = ageOf(connection);
  const confidence = isSameAgain(evidence, connection) ? 'proven' : 'likely';
  return { id: 'cached', confidence, variant: age > 0 ? undefined : 'hit', values: { age: age * 1000 } };
};

/** Returns the header `Age`, in seconds; 0 if it isn't there. */
function ageOf(connection: ConnectionEvidence): number {
  const age = headerValue(connection, 'Age') ?? '';
  return /^\d+$/.test(age) ? Number(age) : 0;
}

function isStored(connection: ConnectionEvidence): boolean {
  return ageOf(connection) > 0 || CACHES.some((name) => /\bHIT\b/i.test(headerValue(connection, name) ?? ''));
}

/** Whether another request, some time before or after, got the same events, made at the same times. */
function isSameAgain(evidence: Evidence, stored: ConnectionEvidence): boolean {
  const times = ({ events }: ConnectionEvidence) => events.slice(0, FIRST).map(({ madeAt }: EventEvidence) => madeAt);
  const own = times(stored);
  if (own.length < FIRST || own.includes(undefined)) return false;
  const others = [...streamsOf(evidence), ...probesOf(evidence, 'again')];
  return others.some(
    (other) =>
      Math.abs(other.requestedAt - stored.requestedAt) >= APART &&
      times(other).every((time, i) => time === own[i]) &&
      other.events.length >= FIRST,
  );
}
