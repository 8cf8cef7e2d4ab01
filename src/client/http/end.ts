import { CodingError } from './coding/codingError';
import { type Redirect, RedirectError } from './redirect';

/** Names and certificates that won't be others the next time, unless they were right before (WHATWG HTML §9.2.3: "futile"). */
const FUTILE =
  /^(ERR_(TLS|SSL|INVALID|HTTP)|ENOTFOUND$|CERT_|UNABLE_|DEPTH_ZERO|SELF_SIGNED|EPROTO$|HPE_|loop$|location$)/;

/** Why an attempt is over. */
export type End =
  /** The stream came to its end. */
  | { cause: 'end' }
  /** Before or in the response: what failed, as the system names it, and behind which redirects. */
  | { cause: 'network'; error: Error & { code?: string }; redirects: Redirect[] }
  /** The server wants no more requests: 204. */
  | { cause: 'noContent' }
  /** The answer is no event stream; it has been given out as it is. What came of its body isn't all, where it has failed. */
  | { cause: 'response'; failure?: (Error & { code?: string }) | undefined };

/** Whether an EventSource asks again behind such an end. @param hasOpened whether the stream was open before */
export function isAskedAgain(end: End, hasOpened: boolean): boolean {
  if (end.cause !== 'network') return end.cause === 'end';
  if (end.error instanceof CodingError) return false;
  // Only a person can say that it may go on.
  if (end.error instanceof RedirectError && end.error.code === 'secret') return false;
  return hasOpened || !FUTILE.test(end.error.code ?? '');
}
