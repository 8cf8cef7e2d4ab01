import { corsFault, sendsCookies } from '../../evidence/corsCheck';
import type { ConnectionEvidence, Evidence } from '../../evidence/evidence';
import { headerValues } from '../../evidence/headerValues';
import type { Confidence, Finding, Rule } from '../finding';
import { type Answered, answered, isAnswered, probeOf } from './answers';

/** Headers for which a page of another origin may not read the stream, or not always. */
export const cors: Rule = (evidence) => {
  const probe = probeOf(evidence, 'origin')?.connection;
  if (!probe || !isAnswered(probe)) return undefined;
  const origin = probe.request.fromOrigin;
  if (origin === '' || origin === probe.request.origin) return undefined;
  const withCookies = evidence.connections.some(({ request }) => sendsCookies(request));
  const fault = corsFault(probe.head, origin, withCookies);
  if (!fault) return errorsOnly(evidence, origin) ?? unvaried(probe, origin);
  // A response that is an error needn't tell of the one that isn't.
  const confidence = probe.head.status === 200 ? 'proven' : 'likely';
  return found(fault, confidence, probe, origin);
};

/** An error without the header, though the stream has it: a page that uses fetch can't see which error it is. */
function errorsOnly(evidence: Evidence, origin: string): Finding | undefined {
  const asked = [...answered(evidence), ...evidence.probes.map(({ connection }) => connection)].filter(isAnswered);
  const error = asked.find(({ request, head }) => {
    return request.fromOrigin === origin && head.status >= 400 && corsFault(head, origin, false) === 'missing';
  });
  return error && found('errors', 'hint', error, origin);
}

/** The origin is repeated without `Vary: Origin`: a cache may give it to a page of another origin. */
function unvaried({ head, ...probe }: Answered, origin: string): Finding | undefined {
  const [allowed] = headerValues(head, 'access-control-allow-origin');
  const varies = headerValues(head, 'vary').some((name) => /^(?:\*|origin)$/i.test(name));
  const isStored = headerValues(head, 'cache-control').some((value) => /^no-store$/i.test(value));
  return allowed === origin && !varies && !isStored ? found('vary', 'hint', { head, ...probe }, origin) : undefined;
}

function found(variant: string, confidence: Confidence, { head }: ConnectionEvidence, origin: string): Finding {
  const allowed = head ? headerValues(head, 'access-control-allow-origin').join(', ') : '';
  return { id: 'cors', confidence, variant, values: { origin, allowed, status: head?.status ?? 0 } };
}
