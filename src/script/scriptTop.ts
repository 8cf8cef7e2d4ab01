/** The part of a file before its first fault and its first field of an event: the statuses there refuse the first requests. */
export class ScriptTop {
  #isOver = false;
  #refusalsEnd = 0;

  get isOver(): boolean {
    return this.#isOver;
  }

  /** The index behind the last status of it; 0: it has none. */
  get refusalsEnd(): number {
    return this.#refusalsEnd;
  }

  /** Takes a status, which counts unless the top is over. @param index of its step */
  addStatus(index: number): void {
    if (!this.#isOver) this.#refusalsEnd = index + 1;
  }

  end(): void {
    this.#isOver = true;
  }
}
