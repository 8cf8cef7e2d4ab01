import type { Script, SendStep, Step } from '../../../script/script';
import { PIECE_SIZE } from '../../http/blockWriter';
import type { FilledBytes } from './filledBytes';

/** Maximum number of steps that are sent together. */
const MAX_STEPS = 4000;
/** Maximum size of steps that have to be copied to be sent together, in bytes: each client that doesn't read keeps its copy. */
const MAX_COPIED = 64 * 1024;

/** Steps that are sent together: they may have to be copied. */
export interface CoalescedSteps {
  /** The last one may have a rest. */
  pieces: readonly FilledBytes[];
  /** The last step that is sent; undefined if all are left out. */
  last: (Step & SendStep) | undefined;
  /** Index of the next step. */
  next: number;
}

export interface CoalescingOptions {
  /** Returns the bytes of a step, as they are sent; of many that are filled in, the beginning. */
  bytesOf(step: SendStep): FilledBytes;
  /** Whether the step at the index is left out. */
  isLeftOut(step: SendStep, index: number): boolean;
  isDue(index: number): boolean;
}

/** Returns the step at the index with the following ones that are due and small. @param from index of a step that sends */
export function coalescedSteps({ steps }: Script, from: number, options: CoalescingOptions): CoalescedSteps {
  const pieces: FilledBytes[] = [];
  let last: (Step & SendStep) | undefined;
  let [size, most] = [0, PIECE_SIZE];
  let next = from;
  for (let step = steps[from]; step?.kind === 'send' && pieces.length < MAX_STEPS; step = steps[next]) {
    // With bytes that are filled in, all that is before them would be copied, too.
    const fitting = step.fills ? MAX_COPIED : most;
    const isNext = next === from || (size < fitting && step.bytes.length <= fitting && options.isDue(next));
    if (!isNext) break;
    const piece = options.isLeftOut(step, next) ? undefined : options.bytesOf(step);
    // Bytes that are filled in, or left out, separate steps that are adjacent in memory.
    if (piece?.bytes !== step.bytes) most = MAX_COPIED;
    size += (piece?.bytes ?? step.bytes).length;
    if (piece) {
      pieces.push(piece);
      last = step;
    }
    next += 1;
    if (piece?.rest) break;
  }
  return { pieces, last, next };
}
