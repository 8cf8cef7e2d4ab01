import { ScriptWriter } from '../sse/scriptWriter';
import type { Arrivals } from './arrivals';
import type { History } from './history';

/**
 * What a history keeps when the first piece is asked for, as a `.sse` file, piece by piece. Where the oldest was dropped
 * or cleared, it begins with the first event that is kept as a whole.
 * @param arrivals of the same bytes @param method that the stream was asked for with
 */
export function* historyScript(history: History, arrivals: Arrivals, method: string): Generator<Uint8Array> {
  const [from, to] = [beginning(history, arrivals), history.bytes.size];
  // A copy: while the file is being written, the oldest may go.
  const bytes = history.bytes.slice(from, to);
  const pieces: Uint8Array[] = [];
  const writer = new ScriptWriter((piece) => pieces.push(piece));
  let written = 0;
  let isOpen = false;
  for (const arrival of arrivals.all()) {
    const { kind, position } = arrival;
    if (position < from || (kind === 'bytes' && position === from)) continue;
    if (kind === 'refusal') {
      writer.answer({ ...arrival, method, isEventStream: false }, 0);
    } else if (kind === 'end') {
      writer.end(arrival.end, arrival.time);
    } else {
      // A connection of which the beginning is gone begins with what is kept of it.
      if (kind === 'stream' || !isOpen) writer.answer({ method, status: 200, isEventStream: true }, arrival.time);
      const end = Math.min(position, to) - from;
      writer.bytes(bytes.subarray(written, end), arrival.time);
      written = end;
    }
    isOpen = kind === 'bytes' || kind === 'stream';
    yield* pieces.splice(0);
  }
  writer.finish();
  yield* pieces;
}

/** The position at which a connection or an event begins, of those that are kept the first. */
function beginning(history: History, arrivals: Arrivals): number {
  const { bytes, dropped } = history;
  const kept = Math.max(bytes.start, arrivals.start);
  const event = firstEvent(history, kept) ?? bytes.size;
  // Between the two stands what is of no event, such as a byte order mark, a comment, a reconnection time.
  const connection = dropped === 0 ? firstConnection(arrivals, kept) : undefined;
  return Math.min(event, connection ?? event);
}

function firstEvent(history: History, kept: number): number | undefined {
  for (let number = history.first; number <= history.count; number += 1) {
    const event = history.get(number);
    if (event && event.start >= kept) return event.start;
  }
  return undefined;
}

function firstConnection(arrivals: Arrivals, kept: number): number | undefined {
  for (const { kind, position } of arrivals.all()) if (kind === 'stream' && position >= kept) return position;
  return undefined;
}
