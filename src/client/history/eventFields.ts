import { COLON, CR, LF } from '../../stream/bytes';
import { MAX_EVENT_SIZE } from '../../stream/limits';
import type { ByteSnapshot } from './byteSnapshot';
import type { EventPlace } from './history';

/** Size of the portions in which lines are looked for, in bytes: each takes less than a millisecond. */
const PORTION = 16 * 1024;
const SPACE = 32;
const DATA = Buffer.from('data');
/** Size of the beginning of a line that is looked at, in bytes: the longest name of a field, its colon, and a space. */
const HEAD = 7;

/** Where a value of a field stands, in bytes of the stream. */
export interface Span {
  from: number;
  to: number;
}

/** Where the fields of an event stand; undefined where it sets none. */
export interface EventFields {
  event: Span | undefined;
  id: Span | undefined;
}

/** A line without its end, and how it begins. */
interface Line extends Span {
  head: Uint8Array;
  /** Whether a NUL is in it. */
  hasNul: boolean;
}

/**
 * Finds the fields of an event as `EventStreamParser` reads it, but without reading it into one string: an event may have
 * 16 MB. Calls back with each span of data, in their order; undefined where there is more to do before the next.
 * @param maxSize of the lines of data, and of any other line, in bytes: the rest is left out
 */
export function* eventFields(
  bytes: ByteSnapshot,
  place: EventPlace,
  maxSize = MAX_EVENT_SIZE,
): Generator<Span | undefined, EventFields> {
  const fields: EventFields = { event: undefined, id: undefined };
  let dataSize = 0;
  for (const line of linesOf(bytes, place)) {
    if (!line) {
      yield undefined;
      continue;
    }
    const size = Math.min(line.to - line.from, maxSize);
    if (nameIs(line.head, 'data')) {
      const kept = Math.min(size, maxSize - dataSize);
      dataSize += kept;
      if (kept >= DATA.length) yield spanOfValue(line, kept, DATA.length);
    } else if (size === line.to - line.from) {
      if (nameIs(line.head, 'event')) fields.event = spanOfValue(line, size, 5);
      else if (nameIs(line.head, 'id') && !line.hasNul) fields.id = spanOfValue(line, size, 2);
    }
  }
  return fields;
}

/** A name ends with a colon, or with the line. */
function nameIs(head: Uint8Array, name: string): boolean {
  for (let at = 0; at < name.length; at += 1) if (head[at] !== name.charCodeAt(at)) return false;
  return head.length === name.length || head[name.length] === COLON;
}

/** @param size how much of the line counts */
function spanOfValue({ from, head }: Line, size: number, nameSize: number): Span {
  const start = head[nameSize + 1] === SPACE ? nameSize + 2 : nameSize + 1;
  return { from: from + Math.min(start, size), to: from + size };
}

/** Yields lines without their ends, but blank ones, and undefined behind each portion. CRLF is one end, with a blank line in it. */
function* linesOf(bytes: ByteSnapshot, { start, end }: EventPlace): Generator<Line | undefined> {
  let [line, hasNul] = [start, false];
  for (let position = start; position < end; ) {
    const part = bytes.piece(position, Math.min(PORTION, end - position));
    if (part.length === 0) return;
    for (let at = 0; at < part.length; at += 1) {
      const byte = part[at];
      if (byte === 0) hasNul = true;
      if (byte !== LF && byte !== CR) continue;
      const to = position + at;
      if (to > line) {
        const head =
          line < position ? bytes.slice(line, Math.min(to, line + HEAD)) : part.subarray(line - position, at);
        yield { from: line, to, head: head.subarray(0, HEAD), hasNul };
      }
      [line, hasNul] = [to + 1, false];
    }
    position += part.length;
    yield undefined;
  }
  if (line < end) yield { from: line, to: end, head: bytes.slice(line, Math.min(end, line + HEAD)), hasNul };
}
