import { MIN_QUEUED } from '../http/queuedBytes';
import type { Blocks, Publication } from '../source';

/** Maximum number of published ids that a client can resume after. */
export const MAX_IDS = 1000;
/** Maximum size of the publications kept for clients that resume, in bytes; half of the limit of a client's queue. */
const MAX_SIZE = 2 * 1024 * 1024;

/** Events that were published while a client was away. */
export interface Missed {
  pieces: readonly Blocks[];
  /** Time at which the client's last id was published, on the script's clock. */
  time: number;
  /** The client's last id once it has received these events; empty if none. */
  lastId: string;
}

interface Kept {
  publication: Publication;
  /** Time of the publication, on the script's clock. */
  time: number;
}

/** History of published events: clients that resume with the id of one of them get those published after it. */
export class PublishedEvents {
  /** Publications, the oldest first. */
  readonly #kept: Kept[] = [];
  /** Number of them that set an id. */
  #withId = 0;
  #size = 0;

  /**
   * Keeps a publication, unless there is no id that a client could resume after. Its ids are looked at when a client resumes: a
   * publication may set a thousand, on each of a thousand streams.
   */
  add(publication: Publication, time: number): void {
    if (publication.ids.length === 0 && this.#withId === 0) return;
    this.#kept.push({ publication, time });
    this.#count(publication, 1);
    while (this.#size > MAX_SIZE || this.#kept.length > MAX_IDS) {
      const oldest = this.#kept.shift();
      if (!oldest) return;
      this.#count(oldest.publication, -1);
    }
  }

  /** Returns the events published after the block that sets the id; undefined if the id is unknown. */
  after(id: string): Missed | undefined {
    const found = this.#find(id);
    if (!found) return undefined;
    const { kept, at, end, events } = found;
    const later = this.#kept.slice(at + 1).map(({ publication }) => publication);
    const rest = { bytes: kept.publication.bytes.subarray(end), events: kept.publication.events - events };
    const lastId = [kept.publication, ...later].findLast(({ ids }) => ids.length > 0)?.ids.at(-1)?.id ?? id;
    return { pieces: rest.bytes.length > 0 ? [rest, ...later] : later, time: kept.time, lastId };
  }

  /** Returns the last block that sets the id, if it is among those of the last thousand ids. */
  #find(id: string): { kept: Kept; at: number; end: number; events: number } | undefined {
    // An empty id resets it (WHATWG HTML §9.2.6): a reconnecting client sends no Last-Event-ID.
    let left = id === '' ? 0 : MAX_IDS;
    for (let at = this.#kept.length - 1; at >= 0 && left > 0; at -= 1) {
      const kept = this.#kept[at];
      const ids = kept?.publication.ids.slice(-left) ?? [];
      const set = ids.findLast((one) => one.id === id);
      if (kept && set) return { kept, at, end: set.end, events: set.events };
      left -= ids.length;
    }
    return undefined;
  }

  /** Counts a publication that is kept, or no longer. */
  #count({ ids, bytes }: Publication, sign: 1 | -1): void {
    this.#size += sign * Math.max(bytes.length, MIN_QUEUED);
    if (ids.length > 0) this.#withId += sign;
  }
}
