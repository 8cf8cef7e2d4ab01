/** The top of a script, before its first fault and its first event field: statuses there refuse the first requests. */
export class ScriptTop {
  #isOver = false;
  #refusalsEnd = 0;

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Index after the last status of the top; 0 if it has none. */
  get refusalsEnd(): number {
    return this.#refusalsEnd;
  }

  /** Counts a status, unless the top is over. @param index of its step */
  addStatus(index: number): void {
    if (!this.#isOver) this.#refusalsEnd = index + 1;
  }

  end(): void {
    this.#isOver = true;
  }
}
