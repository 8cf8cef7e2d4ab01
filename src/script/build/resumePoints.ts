import type { ResumePoint } from '../script';

/** The positions at which clients resume, while a script is built. */
export class ResumePoints {
  /** By id. */
  readonly all = new Map<string, ResumePoint>();
  /** Indexes of the steps after the blocks that set an id. */
  readonly idSteps: number[] = [];
  /** Resume point of the most recent id. */
  #last: ResumePoint | undefined;

  /** Notes that a block sets the id. @param index of the step after it */
  add(id: string, index: number): void {
    this.idSteps.push(index);
    // An empty id resets it (HTML §9.2.6): a reconnecting client sends no Last-Event-ID and starts over.
    this.#last = id === '' ? undefined : (this.all.get(id) ?? { index, faultsFrom: index });
    if (this.#last) this.all.set(id, this.#last);
  }

  /** Moves the end of the faults that are passed over by a client of the most recent id. @param index of the next step */
  extend(index: number): void {
    if (this.#last) this.#last.faultsFrom = index;
  }
}
