/** The steps that end a script, or a round of it. */
export class ScriptEnds {
  #loop: number | undefined;
  /** The first `end` or `loop` after the last event. */
  #last: { kind: 'end' | 'loop'; index: number } | undefined;

  /** Index of the first `loop` step; undefined if there is none. */
  get loop(): number | undefined {
    return this.#loop;
  }

  /** Index of the `end` step after which no event follows; undefined if there is none. */
  get end(): number | undefined {
    return this.#last?.kind === 'end' ? this.#last.index : undefined;
  }

  /** Adds a step. @param kind any; only an `end` or `loop` counts */
  add(kind: string, index: number): void {
    if (kind === 'end' || kind === 'loop') this.#last ??= { kind, index };
    if (kind === 'loop') this.#loop ??= index;
  }

  /** Notes that an event follows. */
  passEvent(): void {
    this.#last = undefined;
  }
}
