import type { ConnectionEvidence, Evidence } from './evidence';

/** Part of a time to be judged for which our own event loop may have been blocked. */
const ALLOWED = 1 / 5;

/**
 * Whether our own event loop was blocked so long, during a time of a connection, that nothing may be said about that time.
 * @param from in milliseconds from the connection's request, as `to`
 * @param gap shortest gap that is judged, in milliseconds; by default all of the time
 */
export function isStalled(
  { stalls }: Evidence,
  { requestedAt }: ConnectionEvidence,
  from: number,
  to: number,
  gap = to - from,
): boolean {
  const [start, end] = [requestedAt + from, requestedAt + to];
  return stalls.some(
    (stall) => stall.length > gap * ALLOWED && stall.from <= end && stall.from + stall.length >= start,
  );
}
