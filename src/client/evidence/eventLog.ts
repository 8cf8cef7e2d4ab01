import type { EventEvidence } from '../../analysis/evidence/evidence';
import type { IncomingEvent } from '../../stream/parse';
import { ownText } from '../../text/ownText';
import { BothEnds } from './bothEnds';
import { madeAtOf } from './madeAt';

/** Number of a connection's events that are kept from its beginning, and number of its latest ones that are. */
const KEPT = 500;
/** Maximum number of types that are counted, and maximum length of a type or an id, in UTF-16 code units. */
const [MAX_TYPES, MAX_TEXT] = [20, 100];

/** The chunk that completes an event: its position, and the time between the chunk before it and itself. */
export interface LastChunk {
  position: number;
  gap: number;
}

/** A log of a connection's events: the first and the latest, and how often each type came. */
export class EventLog {
  readonly #events = new BothEnds<EventEvidence>(KEPT);
  readonly #types = new Map<string, number>();

  get count(): number {
    return this.#events.count;
  }

  /** @param at time since the request, in milliseconds */
  add(event: IncomingEvent, at: number, chunk: LastChunk): void {
    const type = ownText(event.event, MAX_TEXT);
    if (this.#types.has(type) || this.#types.size < MAX_TYPES) this.#types.set(type, (this.#types.get(type) ?? 0) + 1);
    // Only the beginning tells of that, and looking for it in each event takes time.
    const madeAt = this.#events.isAtStart ? madeAtOf(event.data, event.id) : undefined;
    // The blank line has one or two bytes: if it began in an earlier chunk, only its end comes late.
    const isLate = event.start < chunk.position && event.end - chunk.position <= 2;
    this.#events.add({
      number: this.#events.count + 1,
      at,
      size: event.end - event.start,
      start: event.start,
      type,
      ...(event.id !== undefined && { id: ownText(event.id, MAX_TEXT) }),
      ...(madeAt !== undefined && { madeAt }),
      ...(isLate && { endLateBy: chunk.gap }),
    });
  }

  events(): EventEvidence[] {
    return this.#events.items();
  }

  types(): [type: string, count: number][] {
    return [...this.#types];
  }
}
