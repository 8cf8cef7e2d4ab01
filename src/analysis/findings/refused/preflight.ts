import { addedHeaders } from '../../evidence/browserHeaders';
import { corsFault, sendsCookies } from '../../evidence/corsCheck';
import type { RequestEvidence } from '../../evidence/evidence';
import { headerValues } from '../../evidence/headerValues';
import type { Finding, Rule } from '../finding';
import { type Answered, isAnswered, probeOf } from './answers';

/** Methods that need no permission (Fetch §2.2.1 "CORS-safelisted method"). */
const SAFE_METHODS = ['GET', 'HEAD', 'POST'];

/** The request with which a browser asks first, OPTIONS, is refused, though the page's needs it. */
export const preflight: Rule = (evidence) => {
  const probe = probeOf(evidence, 'preflight')?.connection;
  const request = evidence.connections.at(-1)?.request;
  if (!probe || !isAnswered(probe) || !request) return undefined;
  const origin = probe.request.fromOrigin;
  if (origin === '' || origin === request.origin) return undefined;
  return refusal(probe, request, origin);
};

function refusal(probe: Answered, request: RequestEvidence, origin: string): Finding | undefined {
  const { head, redirects } = probe;
  const values = { origin, status: head.status, allowed: allowedBy(probe, 'origin').join(', ') };
  const withCookies = sendsCookies(request);
  const as = (variant: string, more = {}): Finding => {
    return { id: 'cors', confidence: 'proven', variant, values: { ...values, ...more } };
  };
  if (redirects.length > 0 || head.status < 200 || head.status > 299) return as('preflight-status');
  if (corsFault(head, origin, withCookies)) return as('preflight-origin');
  if (!isMethodAllowed(probe, request.method, withCookies)) return as('preflight-method', { method: request.method });
  const missing = addedHeaders(request).filter((name) => !isHeaderAllowed(probe, name, withCookies));
  if (missing.length === 0) return undefined;
  // Some types need no permission, and the evidence doesn't name the request's.
  const confidence = missing.some((name) => name !== 'content-type') ? 'proven' : 'likely';
  return { ...as('preflight-headers', { headers: missing.slice(0, 5).join(', ') }), confidence };
}

function isMethodAllowed(probe: Answered, method: string, withCookies: boolean): boolean {
  const allowed = allowedBy(probe, 'methods');
  return SAFE_METHODS.includes(method) || allowed.includes(method) || (!withCookies && allowed.includes('*'));
}

/** Whether a header is allowed; `*` stands neither for Authorization nor, with cookies, for any (Fetch §4.8). */
function isHeaderAllowed(probe: Answered, name: string, withCookies: boolean): boolean {
  const allowed = allowedBy(probe, 'headers').map((given) => given.toLowerCase());
  return allowed.includes(name) || (!withCookies && name !== 'authorization' && allowed.includes('*'));
}

function allowedBy({ head }: Answered, kind: 'origin' | 'methods' | 'headers'): string[] {
  return headerValues(head, `access-control-allow-${kind}`);
}
