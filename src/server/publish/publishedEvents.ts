import { MIN_QUEUED } from '../http/queuedBytes';
import type { Publication } from '../source';

/** Maximum number of published ids that a client can resume at. */
export const MAX_IDS = 1000;
/** Maximum size of what is kept to be sent to clients that resume, in bytes; half of what may wait for one client. */
const MAX_SIZE = 2 * 1024 * 1024;

/** Events that were published while a client was away. */
export interface Missed {
  /** Bytes of whole blocks. */
  pieces: readonly Uint8Array[];
  /** When the id was published that the client has seen last, on the clock of what is played. */
  time: number;
  /** The id that the client has seen last, once it has got them; empty: none. */
  lastId: string;
}

interface Kept {
  publication: Publication;
  /** When it was published, on the clock of what is played. */
  time: number;
}

/** Events that were published, for clients that come again with the id of one: they get what was published behind it. */
export class PublishedEvents {
  /** The oldest first. */
  readonly #kept: Kept[] = [];
  readonly #byId = new Map<string, { kept: Kept; end: number }>();
  #size = 0;

  /** Keeps what is published, unless there is no id yet that it could stand behind. */
  add(publication: Publication, time: number): void {
    if (publication.ids.length === 0 && this.#byId.size === 0) return;
    const kept = { publication, time };
    this.#kept.push(kept);
    this.#size += sizeOf(kept);
    for (const { id, end } of publication.ids.slice(-MAX_IDS)) {
      // An empty one takes the id away (WHATWG HTML §9.2.6): a client that comes again says none.
      if (id === '') continue;
      // Anew, so that the oldest stay in front.
      this.#byId.delete(id);
      this.#byId.set(id, { kept, end });
    }
    this.#evict();
  }

  /** Returns what was published behind the block that sets the id; undefined where no such id is known. */
  behind(id: string): Missed | undefined {
    const place = this.#byId.get(id);
    if (!place) return undefined;
    const { kept, end } = place;
    const later = this.#kept.slice(this.#kept.indexOf(kept) + 1).map(({ publication }) => publication);
    const rest = kept.publication.bytes.subarray(end);
    const lastId = [kept.publication, ...later].findLast(({ ids }) => ids.length > 0)?.ids.at(-1)?.id ?? id;
    const pieces = later.map(({ bytes }) => bytes);
    return { pieces: rest.length > 0 ? [rest, ...pieces] : pieces, time: kept.time, lastId };
  }

  #evict(): void {
    for (const id of this.#byId.keys()) {
      if (this.#byId.size <= MAX_IDS) break;
      this.#byId.delete(id);
    }
    while (this.#size > MAX_SIZE || this.#kept.length > MAX_IDS) {
      const oldest = this.#kept.shift();
      if (!oldest) return;
      this.#size -= sizeOf(oldest);
      for (const { id } of oldest.publication.ids) if (this.#byId.get(id)?.kept === oldest) this.#byId.delete(id);
    }
  }
}

function sizeOf({ publication }: Kept): number {
  return Math.max(publication.bytes.length, MIN_QUEUED);
}
