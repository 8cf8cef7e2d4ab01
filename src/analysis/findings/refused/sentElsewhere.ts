import { originOf, pathOf } from '../../evidence/originOf';
import type { Rule } from '../finding';
import { type Answered, answered, headTime, isEventStream } from './answers';

/** Paths that ask a person to sign in. */
const LOGIN = /(?:^|[/._-])(?:log-?in|sign-?in|auth|authorize|oauth2?|sso|saml2?|session|account)(?:$|[/._-])/i;

/** Redirects that lead to a page and not to the stream: most often to one that asks to sign in. */
export const sentElsewhere: Rule = (evidence) => {
  for (const found of answered(evidence)) {
    const variant = variantOf(found);
    const hop = found.redirects.at(-1);
    if (!variant || !hop) continue;
    const values = { url: hop.url, status: hop.status };
    return { id: 'sent-elsewhere', confidence: 'proven', variant, at: headTime(found), values };
  }
  return undefined;
};

/** Returns how it was sent elsewhere; undefined if it wasn't, or if it found the stream there. */
function variantOf(connection: Answered): 'login' | 'downgrade' | 'elsewhere' | undefined {
  const { redirects, request, head } = connection;
  const isPage = head.contentType === 'text/html' || [401, 403].includes(head.status);
  if (redirects.length === 0 || isEventStream(connection) || !isPage) return undefined;
  if (redirects.some(({ url }) => LOGIN.test(pathOf(url)) || isLoginHost(url))) return 'login';
  const origins = redirects.map(({ url }) => originOf(url));
  if (/^https:/i.test(request.origin) && origins.some((origin) => origin?.startsWith('http:'))) return 'downgrade';
  return origins.some((origin) => origin !== request.origin) ? 'elsewhere' : undefined;
}

function isLoginHost(url: string): boolean {
  return /^https?:\/\/(?:login|signin|auth|sso|accounts?|id|idp)\./.test(originOf(url) ?? '');
}
