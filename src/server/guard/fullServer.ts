import type { Refusal } from '../source';

/** `Retry-After` when the server is full, in seconds. */
const RETRY_AFTER = 5;

/** Returns the refusal of a stream when the server is full. @param advice how to allow more streams. Default: none */
export function fullServer(maxConnections: number, advice = ''): Refusal {
  const reason = `Too many open streams (limit ${maxConnections}). Retry later. ${advice}`.trimEnd();
  return { status: 503, reason, retryAfter: RETRY_AFTER };
}
