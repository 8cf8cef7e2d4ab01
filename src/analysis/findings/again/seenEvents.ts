import { mapKey } from '../../../text/numericStrings';
import type { Identified } from './ids';

/** Events in order, found by their ids: of several connections, there are tens of thousands. */
export class SeenEvents {
  readonly #events: Identified[] = [];
  /** Index of the latest event of each id, by its `mapKey`. */
  readonly #latest = new Map<string, number>();
  /** For each event, index of the one before it with the same id; -1 for none. */
  readonly #before: number[] = [];

  add(events: readonly Identified[]): void {
    for (const event of events) {
      this.#before.push(this.lastIndexOf(event.id));
      this.#latest.set(mapKey(event.id), this.#events.length);
      this.#events.push(event);
    }
  }

  /** Returns the index of the latest event of that id; -1 for none. */
  lastIndexOf(id: string): number {
    return this.#latest.get(mapKey(id)) ?? -1;
  }

  /** Returns the latest event of that id up to an index; undefined for none. */
  latest(id: string, until: number): Identified | undefined {
    let index = this.lastIndexOf(id);
    while (index > until) index = this.#before[index] ?? -1;
    return this.#events[index];
  }
}
