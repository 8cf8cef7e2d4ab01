import { COLON, CR, LF } from '../../stream/bytes';
import { MAX_EVENT_SIZE } from '../../stream/limits';
import { contentOf } from '../../stream/lines/recordSplitter';
import type { ByteSnapshot } from './byteSnapshot';
import type { EventPlace } from './history';

/** Size of the portions that are scanned for lines, in bytes: each takes less than a millisecond. */
const PORTION = 16 * 1024;
const SPACE = 32;
const DATA = Buffer.from('data');
/** Number of bytes that are read of a line to tell its field: the longest name, a colon and a space. */
const HEAD = 7;

/** The range of a field's value, as positions in the stream. */
export interface Span {
  from: number;
  to: number;
}

/** The ranges of an event's fields; undefined for a field that it doesn't set. */
export interface EventFields {
  event: Span | undefined;
  id: Span | undefined;
}

/** The range of a line, without its line end, and its first bytes. */
interface Line extends Span {
  head: Uint8Array;
  /** Whether the line contains a NUL. */
  hasNul: boolean;
}

/**
 * Finds the fields of an event as the stream's parser reads it, but without building one string: an event may have 16 MB.
 * Yields the range of each value of data, in order, and undefined after each portion so that the caller can take a break.
 * @param maxSize maximum size of all lines of data together, and of any other line, in bytes; the rest is omitted
 */
export function* eventFields(
  bytes: ByteSnapshot,
  place: EventPlace,
  maxSize = MAX_EVENT_SIZE,
): Generator<Span | undefined, EventFields> {
  const fields: EventFields = { event: undefined, id: undefined };
  if (bytes.formatAt(place.start) === 'lines') {
    yield lineSpan(bytes, place, maxSize);
    return fields;
  }
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

/** Returns the range of the data of an event that is a JSON line. */
function lineSpan(bytes: ByteSnapshot, { start, end }: EventPlace, maxSize: number): Span {
  const [beforeLast = 0, last = 0] = end - start > 1 ? bytes.slice(end - 2, end) : [0, ...bytes.slice(start, end)];
  const [first = 0] = bytes.piece(start, 1);
  const [from, to] = contentOf({ first, last, beforeLast, size: end - start });
  return { from: start + from, to: start + Math.min(to, from + maxSize) };
}

/** Whether a line has the given field name: a name ends with a colon, or with the line. */
function nameIs(head: Uint8Array, name: string): boolean {
  for (let at = 0; at < name.length; at += 1) if (head[at] !== name.charCodeAt(at)) return false;
  return head.length === name.length || head[name.length] === COLON;
}

/** @param size number of bytes of the line that count */
function spanOfValue({ from, head }: Line, size: number, nameSize: number): Span {
  const start = head[nameSize + 1] === SPACE ? nameSize + 2 : nameSize + 1;
  return { from: from + Math.min(start, size), to: from + size };
}

/**
 * Yields the lines that aren't blank, and undefined after each portion. CRLF counts as two line ends, with a blank line
 * between.
 */
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
