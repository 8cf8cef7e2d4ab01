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
  readonly #byId = new Map<string, { kept: Kept; end: number; events: number }>();
  #size = 0;

  /** Keeps a publication, unless there is no id that a client could resume after. */
  add(publication: Publication, time: number): void {
    if (publication.ids.length === 0 && this.#byId.size === 0) return;
    const kept = { publication, time };
    this.#kept.push(kept);
    this.#size += sizeOf(kept);
    for (const { id, end, events } of publication.ids.slice(-MAX_IDS)) {
      // An empty id resets it (WHATWG HTML §9.2.6): a reconnecting client sends no Last-Event-ID.
      if (id === '') continue;
      // Delete before set, so that the map stays in order of age.
      this.#byId.delete(id);
      this.#byId.set(id, { kept, end, events });
    }
    this.#evict();
  }

  /** Returns the events published after the block that sets the id; undefined if the id is unknown. */
  after(id: string): Missed | undefined {
    const found = this.#byId.get(id);
    if (!found) return undefined;
    const { kept, end, events } = found;
    const later = this.#kept.slice(this.#kept.indexOf(kept) + 1).map(({ publication }) => publication);
    const rest = { bytes: kept.publication.bytes.subarray(end), events: kept.publication.events - events };
    const lastId = [kept.publication, ...later].findLast(({ ids }) => ids.length > 0)?.ids.at(-1)?.id ?? id;
    return { pieces: rest.bytes.length > 0 ? [rest, ...later] : later, time: kept.time, lastId };
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
