import type { Random } from '../delays';
import type { AskedValues } from './askedValues';
import { type AskedNames, type Filler, NO_NAMES, type StepFills, type Surroundings } from './fill';
import { newUuid, wholeNumber } from './random';

/** Size of a request's values in a step, in bytes, from which on further ones are empty. */
export const MAX_FILLED = 4 * 1024 * 1024;

const encoder = new TextEncoder();
const NOTHING = new Uint8Array();

/** Values of a request, by their indexes in the names of a script. */
type Values = ReturnType<AskedValues['of']>;

/** Fills in the places of the scripts that are played on one connection. */
export class Filling {
  readonly #asked: AskedValues;
  readonly #random: Random;
  #names = NO_NAMES;
  /** Their values; undefined until they are needed: a restart loads the script for all connections at one go. */
  #values: Values | undefined;

  /** @param asked values of the connection's request @param random the same values for the same numbers */
  constructor(asked: AskedValues, random: Random) {
    [this.#asked, this.#random] = [asked, random];
  }

  /** Begins with a script. A value that it asks for, and that was not looked up for the request, is empty. */
  load({ fill }: { fill: AskedNames | undefined }): void {
    [this.#names, this.#values] = [fill ?? NO_NAMES, undefined];
  }

  /**
   * Yields the parts of a step with its places filled in: each is filled in when it is asked for, and what is between them isn't copied.
   * A step's parts have to be taken before those of the next one, as random values are drawn on the way.
   * @param before number of events of the rounds before
   * @param now time in milliseconds since 1970
   */
  *parts({ bytes, fills }: FilledStep, before: number, now: number): Generator<Uint8Array, void> {
    // Another script may be loaded before the last part.
    this.#values ??= this.#asked.of(this.#names);
    const values = this.#values;
    let room = MAX_FILLED;
    let at = 0;
    for (const { start, end, filler, within } of fills?.places ?? []) {
      yield bytes.subarray(at, start);
      const value = this.#valueOf(filler, values, before + (fills?.event ?? 0), now);
      const isAsked = filler.by === 'query' || filler.by === 'body';
      const filled = isAsked && room <= 0 ? NOTHING : encoder.encode(written(value, within));
      if (isAsked) room -= filled.length;
      yield filled;
      at = end;
    }
    yield bytes.subarray(at);
  }

  #valueOf(filler: Filler, values: Values, number: number, now: number): string {
    switch (filler.by) {
      case 'n':
        return String(number);
      case 'now':
        return new Date(now).toISOString();
      case 'now ms':
        return String(Math.trunc(now));
      case 'uuid':
        return newUuid(this.#random);
      case 'random':
        return String(wholeNumber(filler.minimum, filler.maximum, this.#random));
      case 'query':
        return values.queries[filler.index] ?? '';
      case 'body':
        return values.bodies[filler.index] ?? '';
      case 'nothing':
        return '';
    }
  }
}

/** A step with bytes to send, and its places; undefined if it has none. */
interface FilledStep {
  bytes: Uint8Array;
  fills?: StepFills | undefined;
}

/** Returns a value as it is written in its surroundings. */
function written(value: string, within: Surroundings): string {
  if (within === 'string') return JSON.stringify(value).slice(1, -1);
  // Otherwise, what follows the line end would be a field of its own.
  return value.replace(/\r\n|\r|\n/g, within === 'data' ? '\ndata: ' : '');
}
