import { pick } from './random';

/** Types of events in random streams; values that run into each other make further types, unknown to a page. */
export const TYPES = ['message', 'a', 'é', '1', ' ', '\0', '\uFEFF', '\uFFFD'];

/** Beginnings of streams; a byte order mark counts only at the very beginning. */
const BEGINNINGS = ['', '', '', '', '\uFEFF', '\uFEFF', '\uFEFF\uFEFF', '\n\uFEFF', '\r\n\uFEFF', '\uFEFF\n'];
const NAMES = ['data', 'data', 'data', 'data', 'event', 'event', 'id', 'id', 'retry', '', '', 'Data', ' data', 'x'];
const COLONS = [': ', ': ', ': ', ':', ':', ':  ', ' :', ''];
const VALUES = [...TYPES, '€', '𝒳', ':', ': x', '1\0', '10', '-1', '\t', 'data: x'];
/** Invalid UTF-8: lone continuations, truncated and overlong sequences, a surrogate, a code point beyond U+10FFFF. */
const INVALID = [
  [0x80],
  [0xc3],
  [0xe2, 0x82],
  [0xf0, 0x9f, 0x92],
  [0xc0, 0xaf],
  [0xe0, 0x80, 0x80],
  [0xed, 0xa0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xff],
];
const ENDS = ['\n', '\n', '\r', '\r\n', '\r\n', ''];

/** Returns the bytes of an event stream that is hard to parse; it may end in the middle of an event. */
export function randomStream(random: () => number): Buffer {
  const pieces = [Buffer.from(pick(BEGINNINGS, random))];
  const add = (text: string) => pieces.push(Buffer.from(text));
  for (let lines = Math.floor(random() * 30); lines > 0; lines -= 1) {
    const name = pick(NAMES, random);
    add(name + pick(COLONS, random));
    if (name === 'event') add(pick(TYPES, random));
    else while (random() < 0.4) add(pick(VALUES, random));
    if (random() < 0.1) pieces.push(Buffer.from(pick(INVALID, random)));
    add(pick(ENDS, random));
    // Blank lines, mostly after data, where they end an event.
    while (random() < (name === 'data' ? 0.6 : 0.05)) add(pick(ENDS, random));
  }
  return Buffer.concat(pieces);
}

/** Returns the same bytes, split in up to eight places. */
export function randomChunks(bytes: Buffer, random: () => number): Buffer[] {
  const cuts = Array.from({ length: Math.floor(random() * 9) }, () => Math.floor(random() * (bytes.length + 1)));
  const borders = [0, ...cuts.sort((a, b) => a - b), bytes.length];
  return borders.slice(1).map((border, at) => bytes.subarray(borders[at], border));
}
