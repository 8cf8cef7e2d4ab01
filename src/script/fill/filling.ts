import type { Random } from '../delays';
import { AskedValues, type FilledRequest } from './askedValues';
import type { AskedNames, Filler, StepFills, Surroundings } from './fill';
import { newUuid, wholeNumber } from './random';

/** Size of a request's values in a step, in bytes, from which on further ones are empty. */
export const MAX_FILLED = 4 * 1024 * 1024;

const encoder = new TextEncoder();
const NOTHING = new Uint8Array();

/** Fills in the places of a script on one connection. */
export class Filling {
  readonly #values: AskedValues;
  readonly #random: Random;

  /** @param names values that the script asks for @param random the same values for the same numbers */
  constructor(names: AskedNames, request: FilledRequest, random: Random) {
    this.#values = new AskedValues(names, request);
    this.#random = random;
  }

  /**
   * Returns a step's bytes with all places filled in; the same bytes if it has none.
   * @param before number of events of the rounds before
   * @param now time in milliseconds since 1970
   */
  bytes({ bytes, fills }: FilledStep, before: number, now: number): Uint8Array {
    if (!fills) return bytes;
    const parts: Uint8Array[] = [];
    let room = MAX_FILLED;
    let at = 0;
    for (const { start, end, filler, within } of fills.places) {
      const value = this.#valueOf(filler, before + fills.event, now);
      const isAsked = filler.by === 'query' || filler.by === 'body';
      const filled = isAsked && room <= 0 ? NOTHING : encoder.encode(written(value, within));
      if (isAsked) room -= filled.length;
      parts.push(bytes.subarray(at, start), filled);
      at = end;
    }
    parts.push(bytes.subarray(at));
    return joined(parts);
  }

  #valueOf(filler: Filler, number: number, now: number): string {
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
        return this.#values.queries[filler.index] ?? '';
      case 'body':
        return this.#values.bodies[filler.index] ?? '';
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

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
