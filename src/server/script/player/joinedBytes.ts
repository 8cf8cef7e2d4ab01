import type { SendStep } from '../../../script/script';
import { hasMark, MARK_SIZE } from '../../../stream/bytes';

/**
 * Returns the bytes of steps as one piece. Those of one script are adjacent in memory, and needn't be copied.
 * @param isWithin whether they follow others of the stream, where a byte order mark would be part of its line (HTML §9.2.5)
 */
export function joinedBytes(steps: readonly SendStep[], isWithin: boolean): Uint8Array {
  const bytes = joined(steps);
  return isWithin && hasMark(bytes) ? bytes.subarray(MARK_SIZE) : bytes;
}

function joined(steps: readonly SendStep[]): Uint8Array {
  const size = steps.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const [first, last] = [steps[0]?.bytes, steps.at(-1)?.bytes];
  if (!first || !last) return new Uint8Array();
  const isOnePiece = first.buffer === last.buffer && last.byteOffset + last.length - first.byteOffset === size;
  return isOnePiece
    ? new Uint8Array(first.buffer, first.byteOffset, size)
    : Buffer.concat(steps.map(({ bytes }) => bytes));
}
