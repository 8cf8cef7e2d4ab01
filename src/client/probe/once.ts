/** Something that happens once. */
export class Once {
  /** Resolves when it has happened. */
  readonly done: Promise<void>;
  #hasHappened = false;
  #resolve: () => void = () => {};

  constructor() {
    this.done = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  get hasHappened(): boolean {
    return this.#hasHappened;
  }

  /** Says that it has happened. Can be called repeatedly. */
  resolve(): void {
    this.#hasHappened = true;
    this.#resolve();
  }
}
