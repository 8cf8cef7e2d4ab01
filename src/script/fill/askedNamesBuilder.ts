import type { AskedNames, Filler } from './fill';
import type { Place } from './place';

/**
 * Maximum number of names: each is looked up, and its value kept, for each request. A file of 33 MB asked for 80,000 values, which
 * took a second and a half and 80 MB a connection.
 */
export const MAX_ASKED = 1000;

/** Builder of the names that a script's places ask a request for: each once. */
export class AskedNamesBuilder {
  readonly #queries = new Map<string, number>();
  readonly #pointers = new Map<string, number>();
  #textSize = 0;

  /** Total length of the names, in UTF-16 code units. */
  get textSize(): number {
    return this.#textSize;
  }

  get all(): AskedNames {
    return {
      queries: [...this.#queries.keys()],
      pointers: [...this.#pointers.keys()].map((keys) => JSON.parse(keys) as string[]),
    };
  }

  /** Adds what a place asks for. @returns what is filled in there; undefined if there are too many names already */
  add(place: Place): Filler | undefined {
    if (place.by === 'query') return this.#filler(place.by, place.name, this.#queries);
    if (place.by === 'body') return this.#filler(place.by, JSON.stringify(place.pointer), this.#pointers);
    return place;
  }

  #filler(by: 'query' | 'body', name: string, all: Map<string, number>): Filler | undefined {
    const known = all.get(name);
    if (known !== undefined) return { by, index: known };
    if (this.#queries.size + this.#pointers.size >= MAX_ASKED) return undefined;
    all.set(name, all.size);
    this.#textSize += name.length;
    return { by, index: all.size - 1 };
  }
}
