import { ownText } from '../../text/ownText';
import type { Connection, TimelinePicture } from './timelineView';

/** Maximum number of connections that are kept one by one. */
const MAX_KEPT = 200;
const MAX_ID = 100;

/** A connection, and the number of the first event that it can bring. */
interface Kept extends Connection {
  firstEvent: number;
}

/** The connections of a stream: the latest ones, and of the oldest only their number and time. */
export class Connections {
  #kept: Kept[] = [];
  #folded: TimelinePicture['folded'];
  #number = 0;

  /** The latest connection. */
  get last(): Connection | undefined {
    return this.#kept.at(-1);
  }

  get count(): number {
    return this.#kept.length + (this.#folded?.count ?? 0);
  }

  get folded(): TimelinePicture['folded'] {
    return this.#folded;
  }

  add(requestedAt: number, lastEventId: string, firstEvent: number): void {
    this.#number += 1;
    const id = ownText(lastEventId, MAX_ID);
    this.#kept.push({ number: this.#number, requestedAt, lastEventId: id, firstEvent });
    const oldest = this.#kept.length > MAX_KEPT ? this.#kept.shift() : undefined;
    if (!oldest) return;
    const { from = oldest.requestedAt, count = 0 } = this.#folded ?? {};
    this.#folded = { from, to: oldest.endedAt ?? oldest.requestedAt, count: count + 1 };
  }

  /** Removes all but the latest, if that goes on. */
  clear(): void {
    this.#folded = undefined;
    this.#kept = this.#kept.slice(-1).filter(({ end }) => end === undefined);
  }

  /** Returns the connections in a range. */
  within(from: number, to: number): Connection[] {
    // A wait reaches to the next connection.
    const endOf = (connection: Kept, index: number) =>
      connection.waits ? (this.#kept[index + 1]?.requestedAt ?? to) : (connection.endedAt ?? to);
    return this.#kept
      .filter((connection, index) => connection.requestedAt <= to && endOf(connection, index) >= from)
      .map(({ firstEvent: _, ...connection }) => connection);
  }

  /** Returns the connection that brought an event; undefined if it is no longer known. */
  ofEvent(number: number): Connection | undefined {
    return this.#kept.findLast(({ firstEvent }) => firstEvent <= number);
  }
}
