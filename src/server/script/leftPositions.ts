/** Maximum number of positions kept. */
const MAX_POSITIONS = 1000;

/** Position in a script that a client had reached when it left. */
export interface LeftPosition {
  /** Index of the first step after the last event that it has seen. */
  from: number;
  /** Index of the first step that wasn't played; faults before it are skipped, as one of them has ended the connection. */
  faultsFrom: number;
  /** Number of the round in a loop, from 0. */
  round: number;
  /** Elapsed time of that round, in milliseconds. */
  offset: number;
}

/**
 * Positions of clients that have left with a published id, which doesn't occur in the script. Several may have left with the
 * same id: each client that reconnects gets one position, the latest first, as the earlier clients may never come back.
 */
export class LeftPositions {
  readonly #byId = new Map<string, LeftPosition[]>();
  #count = 0;

  add(id: string, position: LeftPosition): void {
    const positions = this.#byId.get(id) ?? [];
    positions.push(position);
    // Delete before set, so that the ids are in the order of their latest position.
    this.#byId.delete(id);
    this.#byId.set(id, positions);
    this.#count += 1;
    const [oldest = ''] = this.#byId.keys();
    if (this.#count > MAX_POSITIONS) this.take(oldest, true);
  }

  /** Returns the position of the client that was the last to leave with the id; undefined if there is none. */
  next(id: string): LeftPosition | undefined {
    return this.#byId.get(id)?.at(-1);
  }

  /** Removes the latest position of the id. @param isOldest whether to remove the oldest instead. Default: false */
  take(id: string, isOldest = false): void {
    const positions = this.#byId.get(id);
    if (!positions) return;
    if (isOldest) positions.shift();
    else positions.pop();
    this.#count -= 1;
    if (positions.length === 0) this.#byId.delete(id);
  }

  clear(): void {
    this.#byId.clear();
    this.#count = 0;
  }
}
