import { type Delays, FreshDelays, NO_DELAYS, type Random, SharedDelays } from './delays';
import type { Script } from './script';

/** Range of a seed. */
const SEEDS = 2 ** 32;

/** Draws the random parts of pauses: for each connection and round anew, or once for all that share a timeline. */
export class RandomPauses {
  /** The same seed, the same draws. */
  readonly seed: number;
  /** Delays of the shared timelines. */
  readonly #shared = new WeakMap<Script, Delays>();

  /** @param seed whole number from 0 to 2^32 - 1: the same draws for the same seed. Default: a random one */
  constructor(seed = Math.floor(Math.random() * SEEDS)) {
    this.seed = seed;
  }

  /** Returns the delays of a timeline that all connections share. */
  shared(script: Script): Delays {
    if (script.randomPauses.length === 0) return NO_DELAYS;
    const delays = this.#shared.get(script) ?? new SharedDelays(script.randomPauses, seededRandom(this.seed));
    this.#shared.set(script, delays);
    return delays;
  }

  /**
   * Returns the function that draws for a connection, round by round.
   * @param id number of the connection, from 1
   */
  of(id: number, isShared: () => boolean): (script: Script, from: number) => Delays {
    const random = seededRandom(this.seed + id);
    return (script, from) => {
      if (script.randomPauses.length === 0) return NO_DELAYS;
      return isShared() ? this.shared(script) : new FreshDelays(script.randomPauses, random, from);
    };
  }
}

/** Returns a generator of numbers from 0 to less than 1, the same for the same seed (mulberry32). */
function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / SEEDS;
  };
}
