import { CodingError } from '../../client/http/coding/codingError';
import type { End } from '../../client/http/end';
import type { EndCause } from './streamEvent';

/** Returns the cause for the end of an attempt. @param status of its response; null if none came */
export function endCauseOf(end: End, status: number | null): EndCause {
  if (end.cause === 'response') return status === 200 ? 'type' : 'status';
  if (end.cause !== 'network') return end.cause;
  // It can't be read, as one of another type can't.
  if (end.error instanceof CodingError) return 'type';
  return status === null ? 'network' : 'cut';
}
