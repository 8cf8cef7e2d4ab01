import { ByteBuffer } from '../../stream/byteBuffer';
import { visible } from '../../stream/visible';
import type { Turns } from '../../turns/turns';
import type { ByteSnapshot } from './byteSnapshot';
import { eventFields, type Span } from './eventFields';
import type { EventPlace } from './history';

/** Size of the portions that text is decoded in, in bytes. */
const PORTION = 16 * 1024;
const LINE_FEED = Uint8Array.of(10);

/** Reads the data of an event in time slices: 16 MB of one-byte lines take a second. */
export async function readData(bytes: ByteSnapshot, place: EventPlace, turns: Turns): Promise<string> {
  const data = new ByteBuffer();
  for (const piece of dataPieces(bytes, place)) {
    data.append(piece);
    if (turns.isOver) await turns.next();
  }
  return decode(data.view(), turns);
}

/** Reads the block of an event in time slices. */
export function readText(bytes: ByteSnapshot, { start, end }: EventPlace, turns: Turns): Promise<string> {
  return decode(bytes.slice(start, end), turns);
}

/** Reads the block of an event in time slices, with each character made visible. */
export async function readVisible(bytes: ByteSnapshot, { start, end }: EventPlace, turns: Turns): Promise<string> {
  let text = '';
  for (let from = start; from < end; ) {
    const to = from + PORTION < end ? from + PORTION - splitSize(bytes.slice(from, from + PORTION)) : end;
    text += visible(bytes.slice(from, to));
    from = to;
    if (turns.isOver) await turns.next();
  }
  return text;
}

/** Yields the data of an event, byte for byte, in short steps; some chunks are empty. */
export function* dataPieces(bytes: ByteSnapshot, place: EventPlace): Generator<Uint8Array, void> {
  const data = new ByteBuffer();
  let isFirst = true;
  for (const span of eventFields(bytes, place)) {
    if (span) {
      if (!isFirst) data.append(LINE_FEED);
      isFirst = false;
      if (span.to - span.from < PORTION) appendSpan(data, bytes, span);
      else {
        yield data.take();
        yield* bytePieces(bytes, span.from, span.to);
      }
    } else {
      yield data.take();
    }
  }
  yield data.take();
}

/** Yields the block of an event as it came, chunk by chunk. */
export function blockPieces(bytes: ByteSnapshot, { start, end }: EventPlace): Generator<Uint8Array, void> {
  return bytePieces(bytes, start, end);
}

function* bytePieces(bytes: ByteSnapshot, from: number, to: number): Generator<Uint8Array, void> {
  for (let position = from; position < to; ) {
    const piece = bytes.piece(position, Math.min(PORTION, to - position));
    if (piece.length === 0) return;
    yield piece;
    position += piece.length;
  }
}

function appendSpan(data: ByteBuffer, bytes: ByteSnapshot, { from, to }: Span): void {
  for (let position = from; position < to; ) {
    const piece = bytes.piece(position, to - position);
    if (piece.length === 0) return;
    data.append(piece);
    position += piece.length;
  }
}

async function decode(data: Uint8Array, turns: Turns): Promise<string> {
  // Without this, the decoder would strip a byte order mark from the data.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let text = '';
  for (let from = 0; from < data.length; from += PORTION) {
    text += decoder.decode(data.subarray(from, from + PORTION), { stream: true });
    if (turns.isOver) await turns.next();
  }
  return text + decoder.decode();
}

/** Returns the number of bytes at the end that may belong to a character that is split there. */
function splitSize(bytes: Uint8Array): number {
  for (let size = 1; size <= 3; size += 1) {
    const byte = bytes.at(-size) ?? 0;
    if (byte >= 0xc0) return size;
    if (byte < 0x80) return 0;
  }
  return 0;
}
