import { firstAfter } from './firstAfter';

/** A pause with a part of random length, which delays all steps from that index on. */
export interface RandomPause {
  /** Index of the first step behind it. */
  before: number;
  /** Maximum of the random part, in milliseconds. */
  spread: number;
}

/** Returns a number from 0 to less than 1. */
export type Random = () => number;

/** The random parts of a script's pauses, drawn for one round of it. */
export interface Delays {
  /** Returns the sum of all parts before a step, in milliseconds. To be called with indexes that don't fall. */
  before(index: number): number;
}

/** Delays of a script that is played once: each is drawn when its step comes near. */
export class FreshDelays implements Delays {
  readonly #pauses: readonly RandomPause[];
  readonly #random: Random;
  #next: number;
  #sum = 0;

  /** @param from index of the first step that is played: the pauses before it are over */
  constructor(pauses: readonly RandomPause[], random: Random, from: number) {
    [this.#pauses, this.#random] = [pauses, random];
    this.#next = from === 0 ? 0 : countBefore(pauses, from);
  }

  before(index: number): number {
    for (let next = this.#pauses[this.#next]; next && next.before <= index; next = this.#pauses[this.#next]) {
      this.#sum += next.spread * this.#random();
      this.#next += 1;
    }
    return this.#sum;
  }
}

/** Delays that all connections of a timeline share, the same in each round. */
export class SharedDelays implements Delays {
  readonly #pauses: readonly RandomPause[];
  /** Sum of the parts of that many pauses. */
  readonly #sums: number[] = [0];

  constructor(pauses: readonly RandomPause[], random: Random) {
    this.#pauses = pauses;
    let sum = 0;
    for (const { spread } of pauses) {
      sum += spread * random();
      this.#sums.push(sum);
    }
  }

  before(index: number): number {
    return this.#sums[countBefore(this.#pauses, index + 1)] ?? 0;
  }
}

/** No delays: those of a script whose pauses are all of a given length. */
export const NO_DELAYS: Delays = { before: () => 0 };

/** Returns the number of pauses that are before a step, but not right before it. */
function countBefore(pauses: readonly RandomPause[], index: number): number {
  return firstAfter(pauses.length, index - 1, (at) => pauses[at]?.before);
}
