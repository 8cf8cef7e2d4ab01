import { isCertificateError, isPlainError, originAskedFor } from '../../../client/endReason';
import { faultOf, isRepeatable, isSuccess } from '../../../client/http/exchange';
import { otherProtocol } from '../../../client/http/otherProtocol';
import type { InspectionStatus } from '../../../client/inspectionStatus';
import type { NextStep } from '../../../messages/inspector';

/**
 * Returns what a person may have done about the request's end; undefined where there is nothing.
 * @param method of the request
 * @param isLenient whether its answer was read leniently from the first on
 */
export function nextStepOf(
  { state, end, response }: InspectionStatus,
  method: string,
  isLenient = false,
): NextStep | undefined {
  // There may be events in it, though browsers would refuse it.
  if (end?.cause === 'response')
    return response && isSuccess(response) && method !== 'HEAD' ? 'readAsStream' : undefined;
  if (end?.cause !== 'network') return undefined;
  const { error, redirects } = end;
  if (originAskedFor(end) !== undefined) return 'sendTo';
  // Meanwhile it is read so by itself.
  if (state !== 'failed') return undefined;
  // A GET has been asked for leniently by itself, where its head wasn't valid.
  const isTried =
    isLenient ||
    response?.fault !== undefined ||
    response?.faultBefore !== undefined ||
    (isRepeatable(method) && !response);
  if (faultOf(error) !== undefined && !isTried) return 'readAnyway';
  // The request doesn't name the server that it is redirected to.
  if (redirects.length > 0) return undefined;
  if (isPlainError(error)) return 'tryHttp';
  if (otherProtocol(error) === 'TLS') return 'tryHttps';
  return isCertificateError(error) ? 'connectAnyway' : undefined;
}
