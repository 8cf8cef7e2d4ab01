import type { ConnectionEvidence, EventEvidence, Evidence } from '../../evidence/evidence';

/** Length at which ids are cut: two such needn't be the same. */
const CUT = 100;

/** An event that sets an id, which is whole. */
export type Identified = EventEvidence & { id: string };

/** Returns the kept events that set an id which can be compared, in order. */
export function identified({ events }: ConnectionEvidence): Identified[] {
  return events.filter(
    (event): event is Identified => event.id !== undefined && event.id !== '' && event.id.length < CUT,
  );
}

/** Two connections, the second of which came back after the first. */
export interface Return {
  before: ConnectionEvidence;
  after: ConnectionEvidence;
}

/** Returns the reconnects that have led to a stream again; not those whose connection before isn't kept. */
export function returnsIn({ connections }: Evidence): Return[] {
  return connections.flatMap((after, index) => {
    const before = connections[index - 1];
    const isNext = before && before.number + 1 === after.number;
    return isNext && before.head?.isStream && after.head?.isStream ? [{ before, after }] : [];
  });
}

/** Whether two events look alike, as far as evidence tells. */
export function areAlike(one: EventEvidence, other: EventEvidence): boolean {
  return one.type === other.type && one.size === other.size && one.madeAt === other.madeAt;
}

/** Returns the time from a connection's end to the request behind it, in milliseconds. */
export function pauseOf({ before, after }: Return): number {
  return after.requestedAt - before.requestedAt - (before.end?.at ?? 0);
}
