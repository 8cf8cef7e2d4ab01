import type { Refusal } from '../source';

/** Returns the refusal that a test asks for. Without body or `Retry-After` if it is 204: nothing is there, and nothing will be. */
export function askedRefusal(status: number, retryAfter: number | undefined): Refusal {
  return status === 204 ? { status } : { status, retryAfter, reason: 'Refused, as was asked for.' };
}
