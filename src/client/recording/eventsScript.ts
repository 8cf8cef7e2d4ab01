import { ScriptWriter } from '../../script/scriptWriter';
import { ByteBuffer } from '../../stream/byteBuffer';
import type { StreamFormat } from '../../stream/streamParser';
import { blockPieces } from '../history/eventData';
import type { HistorySnapshot } from '../history/history';

/** Minimum size of the chunks of the file, in bytes: each is a write. */
const BLOCK = 64 * 1024;
const NOTHING = new Uint8Array(0);

/**
 * Yields some events as a `.sse` file, chunk by chunk, each at the time when it came, without what came between them; an
 * empty chunk means that more work is to be done before the next. Returns the number of events.
 * @param method of the request
 * @param onProgress called with the part that is done, from 0 to 1
 */
export function* eventsScript(
  { bytes, first, last, at }: HistorySnapshot,
  method: string,
  onProgress?: (part: number) => void,
): Generator<Uint8Array, number> {
  const file = new ByteBuffer();
  const writer = new ScriptWriter((piece) => file.append(piece));
  let format: StreamFormat | undefined;
  for (let number = first; number <= last; number += 1) {
    const place = at(number);
    const own = bytes.formatAt(place.start);
    if (own !== format) {
      if (format) writer.end(undefined, place.time);
      writer.response({ method, status: 200, isEventStream: true, format: own }, place.time);
      format = own;
    }
    for (const piece of blockPieces(bytes, place)) {
      writer.bytes(piece, place.time);
      yield file.size >= BLOCK ? file.take() : NOTHING;
    }
    // The last JSON line of a connection may lack its end, and so may one that the next has ended.
    writer.endRecord(place.time);
    onProgress?.((number - first + 1) / (last - first + 1));
  }
  writer.finish();
  yield file.take();
  return Math.max(0, last - first + 1);
}
