import { MAX_ITEMS, MAX_PROBLEMS, MAX_READING, MAX_TEXT, MAX_WALKED, MAX_WALKED_AT_ONCE } from '../model/limits';

/** Room that the results of a stream have together. */
export class Budget {
  #text = MAX_TEXT;
  #items = MAX_ITEMS;
  #problems = MAX_PROBLEMS;
  #reading = MAX_READING;
  #walked = 0;
  /** Size that the event of that number has walked over. */
  readonly #step = { event: -1, walked: 0 };

  /** Whether there may be room for parsing arguments. */
  get mayRead(): boolean {
    return this.#reading > 0;
  }

  /** Whether there is room for a problem. */
  get hasProblem(): boolean {
    return this.#problems > 0;
  }

  /** Returns the size of values of documents that an event may still walk over. */
  walkIn(event: number): number {
    if (this.#step.event !== event) Object.assign(this.#step, { event, walked: 0 });
    return this.#walked < MAX_WALKED ? MAX_WALKED_AT_ONCE - this.#step.walked : 0;
  }

  /** Takes up to that many characters. @returns how many of them there is room for */
  takeText(length: number): number {
    const taken = Math.min(length, this.#text);
    this.#text -= taken;
    return taken;
  }

  /** Takes that many characters, if there is room for all. @returns whether there is */
  takeWhole(length: number): boolean {
    if (length > this.#text) return false;
    this.#text -= length;
    return true;
  }

  giveBack(length: number): void {
    this.#text += length;
  }

  /** Takes one item, if there is room. @returns whether there is */
  takeItem(): boolean {
    this.#items -= 1;
    return this.#items >= 0;
  }

  /** Takes the cost of parsing arguments, if there is room. @returns whether there is */
  takeReading(cost: number): boolean {
    const isTaken = cost <= this.#reading;
    // Behind one that there was no room for, none is looked at any more: only to weigh many takes long.
    this.#reading = isTaken ? this.#reading - cost : 0;
    return isTaken;
  }

  /** Notes that a value of that size was walked over, whether or not there was room for it. */
  noteWalk(size: number): void {
    this.#walked += size;
    this.#step.walked += size;
  }

  /** Takes one problem, if there is room. @returns whether there is */
  takeProblem(): boolean {
    this.#problems -= 1;
    return this.#problems >= 0;
  }
}
