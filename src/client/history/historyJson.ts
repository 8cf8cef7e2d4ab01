import { ByteBuffer } from '../../stream/byteBuffer';
import type { ByteSnapshot } from './byteSnapshot';
import { eventFields, type Span } from './eventFields';
import type { EventPlace, HistorySnapshot } from './history';

/** Minimum size of the chunks of the file, in bytes: each is a write. */
const BLOCK = 64 * 1024;
/** Size of the portions that text is read in, in bytes: as JSON, a portion is up to six times as large, and takes 2 ms. */
const PORTION = 16 * 1024;
const NOTHING = new Uint8Array(0);

/** The layout of the JSON: one line per event (NDJSON), or one document with the request and all events. */
export type JsonFormat = { lines: true } | { lines: false; request: unknown };

/**
 * Yields events as JSON, chunk by chunk; an empty chunk means that more work is to be done before the next. Returns the
 * number of events. An event may have 16 MB, and six times as much as JSON, so none is ever buffered as a whole.
 * @param onProgress called with the part that is done, from 0 to 1
 */
export function* historyJson(
  { bytes, first, last, at }: HistorySnapshot,
  format: JsonFormat,
  onProgress?: (part: number) => void,
): Generator<Uint8Array, number> {
  const file = new ByteBuffer();
  const [separator, end] = format.lines ? ['\n', '\n'] : [',\n', '\n]\n}\n'];
  if (!format.lines) write(file, `{\n"request": ${JSON.stringify(format.request)},\n"events": [\n`);
  for (let number = first; number <= last; number += 1) {
    if (number > first) write(file, separator);
    for (const _ of writeEvent(file, bytes, at(number))) {
      yield file.size >= BLOCK ? file.take() : NOTHING;
      onProgress?.((number - first) / (last - first + 1));
    }
  }
  if (!format.lines || last >= first) write(file, end);
  yield file.take();
  return Math.max(0, last - first + 1);
}

/** Writes an event, and yields after each portion. */
function* writeEvent(file: ByteBuffer, bytes: ByteSnapshot, place: EventPlace): Generator<void> {
  const fields = yield* withoutSpans(eventFields(bytes, place));
  write(file, `{"number":${place.number},"time":"${new Date(place.time).toISOString()}","event":"`);
  // An empty type counts as unset (WHATWG HTML §9.2.6).
  if (!fields.event || fields.event.from === fields.event.to) write(file, 'message');
  else yield* writeText(file, bytes, fields.event);
  write(file, '"');
  if (fields.id) {
    write(file, ',"id":"');
    yield* writeText(file, bytes, fields.id);
    write(file, '"');
  }
  write(file, ',"data":"');
  let isFirst = true;
  for (const span of eventFields(bytes, place)) {
    if (span) {
      if (!isFirst) write(file, '\\n');
      isFirst = false;
      yield* writeText(file, bytes, span);
    } else {
      yield;
    }
  }
  write(file, '"}');
}

/** Returns the fields other than data, and yields between portions. */
function* withoutSpans<T>(fields: Generator<Span | undefined, T>): Generator<void, T> {
  for (;;) {
    const next = fields.next();
    if (next.done) return next.value;
    if (!next.value) yield;
  }
}

/** Writes text as in a JSON string. A character that is split between two portions is decoded with the second. */
function* writeText(file: ByteBuffer, bytes: ByteSnapshot, { from, to }: Span): Generator<void> {
  if (from === to) return;
  // Without this, the decoder would strip a byte order mark from the value.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for (let position = from; position < to; ) {
    const part = bytes.piece(position, Math.min(PORTION, to - position));
    position += part.length;
    const text = decoder.decode(part, { stream: position < to });
    write(file, JSON.stringify(text).slice(1, -1));
    if (position < to) yield;
  }
}

function write(file: ByteBuffer, text: string): void {
  file.append(Buffer.from(text));
}
