import { isPlainError, originAskedFor } from '../../../client/endReason';
import { type Exchange, isEventStream, isSuccess } from '../../../client/http/exchange';
import { otherProtocol } from '../../../client/http/otherProtocol';
import { faultOf, isRepeatable } from '../../../client/http/sendRequest';
import { isCertificateError } from '../../../client/http/tls/certificateError';
import type { InspectionStatus } from '../../../client/inspectionStatus';
import type { NextStep, Reading } from '../../../messages/inspector';

/** Statuses of a response that asks for another authorization. */
const UNAUTHORIZED = [401, 403];

/** Returns how the response is read; undefined if it can't be read in another way, as it is no success, or has no body. */
export function readingOf({ response, isStream, isLines }: InspectionStatus, method: string): Reading | undefined {
  if (!response || !isSuccess(response) || method === 'HEAD') return undefined;
  if (!isStream) return 'text';
  return isLines ? 'lines' : 'events';
}

/**
 * Returns the step to offer to the user after the request's end; undefined if none.
 * @param method of the request
 * @param isLenient whether its response was parsed leniently from the start
 */
export function nextStepOf(
  { state, end, response }: InspectionStatus,
  method: string,
  isLenient = false,
): NextStep | undefined {
  // The response may contain events, though browsers would reject it.
  if (end?.cause === 'response' && UNAUTHORIZED.includes(response?.status ?? 0)) return 'addAuthorization';
  if (end?.cause === 'response') return isOtherSuccess(response) && method !== 'HEAD' ? 'readAsStream' : undefined;
  if (end?.cause !== 'network') return undefined;
  const { error, redirects } = end;
  if (originAskedFor(end) !== undefined) return 'sendTo';
  // Otherwise it is being read leniently already, without the user.
  if (state !== 'failed') return undefined;
  // A GET whose response had an invalid head was already repeated leniently, without the user.
  const isTried =
    isLenient ||
    response?.fault !== undefined ||
    response?.faultBefore !== undefined ||
    (isRepeatable(method) && !response);
  if (faultOf(error) !== undefined && !isTried) return 'readAnyway';
  // The request doesn't name the server that it was redirected to.
  if (redirects.length > 0) return undefined;
  if (isPlainError(error)) return 'tryHttp';
  if (otherProtocol(error) === 'TLS') return 'tryHttps';
  return isCertificateError(error) ? 'connectAnyway' : undefined;
}

/** Whether a response is a success that an EventSource doesn't read; one that it reads is shown as text by choice. */
function isOtherSuccess(response: Exchange | undefined): boolean {
  return response !== undefined && isSuccess(response) && !isEventStream(response);
}
