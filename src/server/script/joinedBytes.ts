import type { SendStep } from '../../script/script';

/** Returns the bytes of steps as one piece. Those of one script are adjacent in memory, and needn't be copied. */
export function joinedBytes(steps: readonly SendStep[]): Uint8Array {
  const size = steps.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const [first, last] = [steps[0]?.bytes, steps.at(-1)?.bytes];
  if (!first || !last) return new Uint8Array();
  const isOnePiece = first.buffer === last.buffer && last.byteOffset + last.length - first.byteOffset === size;
  return isOnePiece
    ? new Uint8Array(first.buffer, first.byteOffset, size)
    : Buffer.concat(steps.map(({ bytes }) => bytes));
}
