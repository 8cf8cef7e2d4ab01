import type { ConnectionEvidence, EventEvidence, Evidence } from './evidence';
import { headerValue } from './headerValues';

const SECOND = 1000;

/**
 * Returns the time between when the first and the last of some events were made, by their own words, in milliseconds.
 * Undefined if they don't say it, or go back in time, as those of a list that is sorted otherwise. Times in whole seconds are
 * inexact: then it is the least that it can have been.
 */
export function madeSpan(events: readonly EventEvidence[]): number | undefined {
  const times = events.map(({ madeAt }) => madeAt);
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const isOrdered = times.every((time, index) => time !== undefined && time >= (times[index - 1] ?? time));
  if (!isOrdered) return undefined;
  const isExact = times.some((time) => (time ?? 0) % SECOND !== 0);
  return isExact ? last - first : Math.max(0, last - first - SECOND);
}

/**
 * Returns the time between when the first and the last of some events of a connection were made, as `madeSpan` does, if that was
 * while it was open: rows of a table and timetables have times, too, which tell nothing of how they came. Undefined if it wasn't.
 */
export function madeSpanMeanwhile(
  evidence: Evidence,
  connection: ConnectionEvidence,
  events: readonly EventEvidence[],
): number | undefined {
  const [first, last] = [events[0], events.at(-1)];
  if (first?.madeAt === undefined || last?.madeAt === undefined) return undefined;
  const requestedAt = serverTime(evidence, connection);
  // Times may be in whole seconds.
  const isMeanwhile = first.madeAt >= requestedAt - SECOND && last.madeAt <= requestedAt + last.at + SECOND;
  return isMeanwhile ? madeSpan(events) : undefined;
}

/** Returns the time of a connection's request by the server's clock, as its `Date` tells, in milliseconds since 1970. */
function serverTime({ startedAt }: Evidence, connection: ConnectionEvidence): number {
  const own = startedAt + connection.requestedAt;
  const headAt = connection.head?.at ?? 0;
  const skew = Date.parse(headerValue(connection, 'Date') ?? '') - own - headAt;
  // The server says it at any time between request and head, in whole seconds: such a difference is none of the clocks.
  return Math.abs(skew) > headAt + 2 * SECOND ? own + skew : own;
}
