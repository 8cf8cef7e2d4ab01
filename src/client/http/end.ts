import { CodingError } from './coding/codingError';
import { type Redirect, RedirectError } from './redirect';
import { isCertificateError } from './tls/certificateError';

/**
 * Error codes of names and the like that, as certificates, won't have changed at the next attempt, unless they were right
 * before (WHATWG HTML §9.2.3: "futile").
 */
const FUTILE = /^(ERR_(TLS|SSL|INVALID|HTTP)|ENOTFOUND$|EPROTO$|HPE_|loop$|location$)/;

/** The reason why an attempt is over. */
export type End =
  /** The stream ended. */
  | { cause: 'end' }
  /**
   * The connection or the protocol failed, before or within the response: the system's error, and the redirects followed
   * so far.
   */
  | { cause: 'network'; error: Error & { code?: string }; redirects: Redirect[] }
  /** The server asks for no more requests: 204. */
  | { cause: 'noContent' }
  /** The response isn't an event stream; its body was passed on as it is. If `failure` is set, the body is incomplete. */
  | { cause: 'response'; failure?: (Error & { code?: string }) | undefined };

/** Whether an EventSource reconnects after such an end. @param hasOpened whether the stream was open before */
export function isAskedAgain(end: End, hasOpened: boolean): boolean {
  if (end.cause !== 'network') return end.cause === 'end';
  if (end.error instanceof CodingError) return false;
  // Only the user can approve that redirect.
  if (end.error instanceof RedirectError && end.error.code === 'secret') return false;
  return hasOpened || !(FUTILE.test(end.error.code ?? '') || isCertificateError(end.error));
}
