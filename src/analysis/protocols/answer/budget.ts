import { MAX_ITEMS, MAX_PROBLEMS, MAX_TEXT } from '../model/limits';

/** Room that the results of a stream have together. */
export class Budget {
  #text = MAX_TEXT;
  #items = MAX_ITEMS;
  #problems = MAX_PROBLEMS;

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

  /** Takes one problem, if there is room. @returns whether there is */
  takeProblem(): boolean {
    this.#problems -= 1;
    return this.#problems >= 0;
  }
}
