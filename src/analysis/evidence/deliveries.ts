import type { ChunkEvidence, ConnectionEvidence, EventEvidence } from './evidence';

/** A chunk, and the kept events that it completed. */
export interface Delivery {
  chunk: ChunkEvidence;
  events: EventEvidence[];
}

/** Returns the kept chunks of a connection, with their events: an event is seen some time after its last chunk. */
export function deliveriesOf({ chunks, events }: ConnectionEvidence): Delivery[] {
  let index = 0;
  return chunks.map((chunk, place) => {
    const next = chunks[place + 1]?.at ?? Number.POSITIVE_INFINITY;
    const from = index;
    while (index < events.length && (events[index]?.at ?? 0) < next) index += 1;
    return { chunk, events: events.slice(from, index) };
  });
}
