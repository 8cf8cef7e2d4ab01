import { sendsCookies } from '../../evidence/corsCheck';
import type { Rule } from '../finding';
import { type Answered, answered, isAnswered, isEventStream, probeOf } from './answers';

/** A stream that is refused without its cookie, which an EventSource doesn't send across origins by itself. */
export const needsItsCookie: Rule = (evidence) => {
  const probe = probeOf(evidence, 'origin')?.connection;
  const given = answered(evidence).find(isEventStream);
  if (!probe || !isAnswered(probe) || !given || !sendsCookies(given.request)) return undefined;
  const origin = probe.request.fromOrigin;
  if (origin === '' || origin === given.request.origin || !isTurnedAway(probe)) return undefined;
  return {
    id: 'needs-its-cookie',
    // The probe has an origin, too, for which servers answer 403.
    confidence: probe.head.status === 403 ? 'likely' : 'proven',
    variant: [401, 403].includes(probe.head.status) ? 'status' : 'redirect',
    values: { status: probe.head.status, origin },
  };
};

/** Whether a request was refused for want of a cookie, or sent to where to get one. */
function isTurnedAway(probe: Answered): boolean {
  const { head, redirects } = probe;
  return [401, 403].includes(head.status) || (redirects.length > 0 && !isEventStream(probe));
}
