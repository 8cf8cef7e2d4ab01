// The bytes that structure an event stream (WHATWG HTML §9.2.5 "Parsing an event stream").

export const LF = 10;
export const CR = 13;
export const COLON = 58;
export const AT = 64;

/** Size of a byte order mark, in bytes. */
export const MARK_SIZE = 3;

/** Whether a byte order mark begins at the index. */
export function hasMark(bytes: Uint8Array, at = 0): boolean {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf;
}

/** Returns bytes without the byte order mark at their beginning: within a stream, it would be a part of its line. */
export function withoutMark(bytes: Uint8Array): Uint8Array {
  return hasMark(bytes) ? bytes.subarray(MARK_SIZE) : bytes;
}

/** Whether the last line has no line end. */
export function endsInLine(bytes: Uint8Array): boolean {
  const last = bytes.at(-1);
  return last !== undefined && last !== LF && last !== CR;
}

/** Number of bytes in which a line's end is looked for by a loop. */
const NEAR = 100;

/** Returns the index of a byte; the length if there is none. */
export function indexOfByte(bytes: Uint8Array, byte: number, from: number): number {
  const index = bytes.indexOf(byte, from);
  return index < 0 ? bytes.length : index;
}

/** Returns the index of the next LF; there has to be one. A loop finds near ones sooner than a call. */
export function nextLineFeed(bytes: Uint8Array, from: number): number {
  for (let at = from; at < from + NEAR; at += 1) if (bytes[at] === LF) return at;
  return bytes.indexOf(LF, from + NEAR);
}

/** Whether a line's field is `data`. */
export function isDataLine(bytes: Uint8Array): boolean {
  const isNamed = bytes[0] === 0x64 && bytes[1] === 0x61 && bytes[2] === 0x74 && bytes[3] === 0x61;
  return isNamed && (bytes.length === 4 || bytes[4] === COLON);
}
