import { ScriptWriter } from '../../script/scriptWriter';
import { ByteBuffer } from '../../stream/byteBuffer';
import type { Arrivals } from '../history/arrivals';
import type { History } from '../history/history';
import { type Beginning, Retelling } from './retelling';

/** Minimum size of the chunks of the file, in bytes: each is a write. */
const BLOCK = 64 * 1024;
const NOTHING = new Uint8Array(0);

/**
 * Yields a history as a `.sse` file, chunk by chunk, as it is when the first chunk is requested; an empty chunk means that
 * more work is to be done before the next. Returns the number of events. If the oldest event was evicted or cleared, the
 * file begins with the first event that is kept as a whole.
 * @param arrivals of the same bytes
 * @param method of the request
 * @param onProgress called with the part that is done, from 0 to 1
 */
export function* historyScript(
  history: History,
  arrivals: Arrivals,
  method: string,
  onProgress?: (part: number) => void,
): Generator<Uint8Array, number> {
  const file = new ByteBuffer();
  const writer = new ScriptWriter((piece) => file.append(piece));
  const beginning = keptBeginning(history, arrivals, method);
  const retelling = new Retelling(history, arrivals, beginning, writer);
  const size = history.bytes.size - beginning.from;
  const events = history.count + 1 - (history.firstFrom(beginning.from)?.number ?? history.count + 1);
  for (const _ of retelling.pass()) {
    yield file.size >= BLOCK ? file.take() : NOTHING;
    onProgress?.((retelling.position - beginning.from) / Math.max(1, size));
  }
  writer.finish();
  yield file.take();
  return events;
}

/** Returns the beginning of the first connection or event that is kept. */
export function keptBeginning(history: History, arrivals: Arrivals, method: string): Beginning {
  const { bytes, evicted } = history;
  const kept = Math.max(bytes.start, arrivals.start);
  const event = history.firstFrom(kept)?.start ?? bytes.size;
  // Bytes between the two belong to no event: a byte order mark, a comment, a reconnection time.
  const connection = evicted === 0 ? arrivals.firstStream(kept, event) : undefined;
  return { method, from: connection ?? event, arrival: arrivals.first };
}
