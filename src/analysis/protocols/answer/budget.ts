import { MAX_ITEMS, MAX_PROBLEMS, MAX_READING, MAX_TEXT, MAX_WALKED } from '../model/limits';

/** Room that the results of a stream have together. */
export class Budget {
  #text = MAX_TEXT;
  #items = MAX_ITEMS;
  #problems = MAX_PROBLEMS;
  #reading = MAX_READING;
  #walked = 0;

  /** Whether there is room for a problem. */
  get hasProblem(): boolean {
    return this.#problems > 0;
  }

  /** Whether values of documents may still be walked over. */
  get mayWalk(): boolean {
    return this.#walked < MAX_WALKED;
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
    if (cost > this.#reading) return false;
    this.#reading -= cost;
    return true;
  }

  /** Notes that a value of that size was walked over, whether or not there was room for it. */
  noteWalk(size: number): void {
    this.#walked += size;
  }

  /** Takes one problem, if there is room. @returns whether there is */
  takeProblem(): boolean {
    this.#problems -= 1;
    return this.#problems >= 0;
  }
}
