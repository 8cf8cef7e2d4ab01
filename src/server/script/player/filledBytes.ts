import type { Filling } from '../../../script/fill/filling';
import type { SendStep } from '../../../script/script';

/** Maximum size of what is made of a step at a time, in bytes: each client that doesn't read keeps it. */
const PIECE = 64 * 1024;

/** Bytes of a step, or the beginning of many. */
export interface FilledBytes {
  bytes: Uint8Array;
  /** The bytes behind them; undefined if there are none. */
  rest?: FilledRest | undefined;
}

/** Returns a step's bytes with its places filled in; of many, the beginning, and the rest. @param before as of `Filling.parts` */
export function filledBytes(step: SendStep, filling: Filling, before: number): FilledBytes {
  const rest = new FilledRest(filling.parts(step, before, Date.now()), step.bytes);
  const bytes = rest.take();
  return rest.isOver ? { bytes } : { bytes, rest };
}

/** The rest of a step, whose places are filled in as it is taken: whole, an event of 60 MB would be copied for each client. */
class FilledRest {
  /** The step's own bytes, before any place is filled in: they end as the rest does. */
  readonly end: Uint8Array;
  readonly #parts: Iterator<Uint8Array>;
  /** The part in progress, which isn’t empty; undefined behind the last one. */
  #part: Uint8Array | undefined;

  constructor(parts: Iterator<Uint8Array>, end: Uint8Array) {
    [this.#parts, this.end] = [parts, end];
    this.#next();
  }

  get isOver(): boolean {
    return this.#part === undefined;
  }

  /** Returns the next bytes, up to 64 KB; none if it is over. */
  take(): Uint8Array {
    const taken: Uint8Array[] = [];
    let room = PIECE;
    while (this.#part && room > 0) {
      const some = this.#part.subarray(0, room);
      taken.push(some);
      room -= some.length;
      if (some.length < this.#part.length) this.#part = this.#part.subarray(some.length);
      else this.#next();
    }
    const [first] = taken;
    return first && taken.length === 1 ? first : Buffer.concat(taken);
  }

  #next(): void {
    do {
      const { value, done } = this.#parts.next();
      this.#part = done ? undefined : value;
    } while (this.#part?.length === 0);
  }
}
