import type { AskedNames, Filler } from './fill';
import type { Place } from './place';

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

  /** Adds what a place asks for. @returns what is filled in there */
  add(place: Place): Filler {
    if (place.by === 'query') return { by: place.by, index: this.#indexOf(place.name, this.#queries) };
    if (place.by === 'body')
      return { by: place.by, index: this.#indexOf(JSON.stringify(place.pointer), this.#pointers) };
    return place;
  }

  #indexOf(name: string, all: Map<string, number>): number {
    const known = all.get(name);
    if (known !== undefined) return known;
    all.set(name, all.size);
    this.#textSize += name.length;
    return all.size - 1;
  }
}
