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

/** Whether the last line has no line end. */
export function endsInLine(bytes: Uint8Array): boolean {
  const last = bytes.at(-1);
  return last !== undefined && last !== LF && last !== CR;
}
