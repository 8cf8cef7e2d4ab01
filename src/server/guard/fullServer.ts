import type { Refusal } from '../source';

/** When a client that was refused for want of room may come again, in seconds. */
const RETRY_AFTER = 5;

/** Returns the answer to a request for a stream when as many are open as may be. @param advice how to open more; empty: nothing is said */
export function fullServer(maxConnections: number, advice = ''): Refusal {
  const reason = `Too many open streams (limit ${maxConnections}). Retry later. ${advice}`.trimEnd();
  return { status: 503, reason, retryAfter: RETRY_AFTER };
}
