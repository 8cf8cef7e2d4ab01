/** Maximum number of places that are kept. */
const MAX_PLACES = 1000;

/** Place in a script that a client had got to. */
export interface LeftPlace {
  /** The index of the first step behind the event that it has seen last. */
  from: number;
  /** Up to this index its connection was played: one of the faults before it ended that. */
  faultsFrom: number;
  /** Time of the script that had passed, in milliseconds. */
  offset: number;
}

/**
 * Places that clients left whose last id was published, and so stands nowhere in the script. Several may have left with
 * one id: each that comes again gets one, the one that was left last first, as others may have left for good.
 */
export class LeftPlaces {
  readonly #byId = new Map<string, LeftPlace[]>();
  #count = 0;

  add(id: string, place: LeftPlace): void {
    const places = this.#byId.get(id) ?? [];
    places.push(place);
    // Anew, so that the id of which nobody left for the longest time is in front.
    this.#byId.delete(id);
    this.#byId.set(id, places);
    this.#count += 1;
    const [oldest = ''] = this.#byId.keys();
    if (this.#count > MAX_PLACES) this.take(oldest, true);
  }

  /** Returns the place of the client that left last with the id; undefined: nobody left with it. */
  next(id: string): LeftPlace | undefined {
    return this.#byId.get(id)?.at(-1);
  }

  /** Takes that place away. @param isOldest the one that was left first. Default: the one that was left last */
  take(id: string, isOldest = false): void {
    const places = this.#byId.get(id);
    if (!places) return;
    if (isOldest) places.shift();
    else places.pop();
    this.#count -= 1;
    if (places.length === 0) this.#byId.delete(id);
  }

  clear(): void {
    this.#byId.clear();
    this.#count = 0;
  }
}
