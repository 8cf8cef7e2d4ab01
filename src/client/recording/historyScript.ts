import { ScriptWriter } from '../../script/scriptWriter';
import { ByteBuffer } from '../../stream/byteBuffer';
import type { Arrivals } from '../history/arrivals';
import type { History } from '../history/history';
import { type Beginning, Retelling } from './retelling';

/** Minimum size of the pieces of a file, in bytes: each is a write. */
const BLOCK = 64 * 1024;
const NOTHING = new Uint8Array(0);

/**
 * Returns what a history keeps when the first piece is asked for, as a `.sse` file, piece by piece; a piece is empty where
 * there is more to do before the next. At the end, returns how many events are in it. Where the oldest was dropped or
 * cleared, it begins with the first event that is kept as a whole.
 * @param arrivals of the same bytes @param method that the stream was asked for with @param onProgress told what part is done, from 0 to 1
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

/** Returns where a connection or an event begins, of those that are kept the first. */
export function keptBeginning(history: History, arrivals: Arrivals, method: string): Beginning {
  const { bytes, evicted } = history;
  const kept = Math.max(bytes.start, arrivals.start);
  const event = history.firstFrom(kept)?.start ?? bytes.size;
  // Between the two stands what is of no event, such as a byte order mark, a comment, a reconnection time.
  const connection = evicted === 0 ? arrivals.firstStream(kept, event) : undefined;
  return { method, from: connection ?? event, arrival: arrivals.first };
}
