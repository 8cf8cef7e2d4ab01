import type { ConnectionEvidence } from './evidence';

/** A time in which nothing came, in milliseconds from the request. */
export interface Gap {
  from: number;
  to: number;
}

/** Something that came, with its number in its connection. */
interface Arrival {
  number: number;
  at: number;
}

/** Returns the gaps between chunks or events that followed each other. Where some weren't kept, there is none. */
export function gapsOf(arrivals: readonly Arrival[]): Gap[] {
  return arrivals.flatMap(({ number, at }, index) => {
    const before = arrivals[index - 1];
    return before && before.number + 1 === number ? { from: before.at, to: at } : [];
  });
}

/** Returns how long a gap is, in milliseconds. */
export function lengthOf({ from, to }: Gap): number {
  return to - from;
}

/** Returns the longest gap; undefined if there is none. */
export function longestOf(gaps: readonly Gap[]): Gap | undefined {
  return gaps.reduce<Gap | undefined>(
    (longest, gap) => (longest && lengthOf(longest) >= lengthOf(gap) ? longest : gap),
    undefined,
  );
}

/** Returns the time from the last byte of a connection, or from its head, to its end, or to now; undefined without a head. */
export function silenceOf(connection: ConnectionEvidence, now: number): Gap | undefined {
  if (!connection.head) return undefined;
  return { from: connection.chunks.at(-1)?.at ?? connection.head.at, to: seenUntil(connection, now) };
}

/** Returns how long a connection was seen, in milliseconds from its request: to its end, or to now. */
export function seenUntil({ end, requestedAt }: ConnectionEvidence, now: number): number {
  return end?.at ?? now - requestedAt;
}
