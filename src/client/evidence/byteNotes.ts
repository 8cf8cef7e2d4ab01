import { isUtf8 } from 'node:buffer';
import { Notes } from './notes';

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);
/** Maximum length of a character that a chunk cuts, in bytes, less the last one. */
const MAX_CUT = 3;
/** Number of bytes that are shown of a place that isn't UTF-8. */
const SHOWN = 8;

/** Notes on a stream's bytes: those that aren't UTF-8, byte order marks, NULs, and how its lines end. */
export class ByteNotes {
  readonly notUtf8 = new Notes();
  readonly marks = new Notes();
  readonly nuls = new Notes();
  #isCrLf: boolean | undefined;
  /** Beginning of a character that the last chunk cut. */
  #cut: Uint8Array = new Uint8Array(0);

  /** Whether the first line ends with CR LF. */
  get isCrLf(): boolean {
    return this.#isCrLf === true;
  }

  /** @param position of the chunk @param isStart whether it is the stream's first */
  add(chunk: Uint8Array, position: number, isStart: boolean): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    this.#noteMarks(bytes, position, isStart);
    const nul = bytes.indexOf(0);
    if (nul >= 0) this.nuls.add(position + nul, bytes.subarray(nul, nul + SHOWN).toString('hex'));
    if (this.#isCrLf === undefined) {
      const lineEnd = bytes.indexOf('\n');
      if (lineEnd > 0) this.#isCrLf = bytes[lineEnd - 1] === 0x0d;
    }
    this.#noteInvalid(bytes, position);
  }

  #noteMarks(bytes: Buffer, position: number, isStart: boolean): void {
    const mark = bytes.indexOf(MARK, isStart ? MARK.length : 0);
    if (mark >= 0) this.marks.add(position + mark, bytes.subarray(mark, mark + SHOWN).toString('hex'));
  }

  #noteInvalid(bytes: Buffer, position: number): void {
    const whole = this.#cut.length > 0 ? Buffer.concat([this.#cut, bytes]) : bytes;
    const start = position - this.#cut.length;
    const size = whole.length - cutSize(whole);
    const complete = whole.subarray(0, size);
    if (!isUtf8(complete)) {
      const at = firstInvalid(complete);
      this.notUtf8.add(start + at, complete.subarray(at, at + SHOWN).toString('hex'));
    }
    this.#cut = Uint8Array.from(whole.subarray(size));
  }
}

/** Returns the number of bytes at the end that begin a character which isn't complete. */
function cutSize(bytes: Buffer): number {
  for (let size = 1; size <= Math.min(MAX_CUT, bytes.length); size += 1) {
    const byte = bytes[bytes.length - size] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return size < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? size : 0;
  }
  return 0;
}

/** Returns the index of the first byte that isn't UTF-8, found by halves; there has to be one. */
function firstInvalid(bytes: Buffer): number {
  let [valid, invalid] = [0, bytes.length];
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    const part = bytes.subarray(0, middle);
    if (isUtf8(part.subarray(0, middle - cutSize(part)))) valid = middle;
    else invalid = middle;
  }
  // It may be that the byte isn't what has to follow those before it.
  return invalid - 1 - cutSize(bytes.subarray(0, invalid - 1));
}
