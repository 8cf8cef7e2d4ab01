import { withoutMark } from '../../../stream/bytes';
import type { FilledBytes } from './filledBytes';

/**
 * Returns pieces as one. Those of one file are adjacent in memory, and needn't be copied.
 * @param isWithin whether they follow others of the stream, where a byte order mark would be part of its line (HTML §9.2.5)
 */
export function joinedBytes(pieces: readonly FilledBytes[], isWithin: boolean): Uint8Array {
  const all = joined(pieces.map(({ bytes }) => bytes));
  return isWithin ? withoutMark(all) : all;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [first = new Uint8Array()] = pieces;
  let end = first.byteOffset;
  for (const { buffer, byteOffset, length } of pieces) {
    if (buffer !== first.buffer || byteOffset !== end) return Buffer.concat(pieces);
    end += length;
  }
  return new Uint8Array(first.buffer, first.byteOffset, end - first.byteOffset);
}
