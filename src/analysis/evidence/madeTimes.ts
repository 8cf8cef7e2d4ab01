import type { EventEvidence } from './evidence';

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
