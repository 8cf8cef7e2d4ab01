import type { Turns } from '../../../turns/turns';
import type { EntryEvent } from './entry';
import { EntryReader } from './entryReader';

/** Number of bytes parsed in a turn. */
const PIECE = 8 * 1024;

/** Parses whole blocks of an event stream, in turns, to events for entries. */
export async function entryEvents(bytes: Uint8Array, turns: Turns): Promise<EntryEvent[]> {
  const reader = new EntryReader(true);
  for (let at = 0; at < bytes.length; at += PIECE) {
    if (at > 0) await turns.next();
    reader.feed(bytes.subarray(at, at + PIECE));
  }
  return reader.takeAll();
}
