import type { IdTemplate } from '../fill/idTemplate';
import type { NumberedPoints, ResumePoint } from '../script';

/** An id that a block sets: a text, or one with the number of the block's event in it. */
export type BlockId = string | (IdTemplate & { event: number });

/** The positions at which clients resume, while a script is built. */
export class ResumePoints {
  /** By id. */
  readonly all = new Map<string, ResumePoint>();
  /** Indexes of the steps after the blocks that set an id. */
  readonly idSteps: number[] = [];
  readonly #numbered = new Map<string, IdTemplate & { points: Map<number, ResumePoint> }>();
  #count = 0;
  /** Resume point of the most recent id. */
  #last: ResumePoint | undefined;

  /** The points of ids with the event's number in them. */
  get numbered(): NumberedPoints[] {
    return [...this.#numbered.values()];
  }

  /** Number of resume points. */
  get count(): number {
    return this.all.size + this.#count;
  }

  /** Notes that a block sets the id. @param index of the step after it */
  add(id: BlockId, index: number): void {
    this.idSteps.push(index);
    if (typeof id !== 'string') {
      this.#last = this.#addNumbered(id, index);
      return;
    }
    // A client sends it back in a header, which loses surrounding whitespace (RFC 9110 §5.5).
    const key = id.trim();
    // An empty id resets it (HTML §9.2.6): a reconnecting client sends no Last-Event-ID and starts over.
    this.#last = key === '' ? undefined : (this.all.get(key) ?? { index, faultsFrom: index });
    if (this.#last) this.all.set(key, this.#last);
  }

  /** Moves the end of the faults that are passed over by a client of the most recent id. @param index of the next step */
  extend(index: number): void {
    if (this.#last) this.#last.faultsFrom = index;
  }

  #addNumbered({ before, after, event }: Exclude<BlockId, string>, index: number): ResumePoint {
    // No id contains this character.
    const key = `${before}\0${after}`;
    const known = this.#numbered.get(key) ?? { before, after, points: new Map<number, ResumePoint>() };
    this.#numbered.set(key, known);
    const point = known.points.get(event) ?? { index, faultsFrom: index };
    if (point.index === index) this.#count += 1;
    known.points.set(event, point);
    return point;
  }
}
