import { EventStreamParser } from '../../../stream/parse';
import type { Turns } from '../../../turns/turns';
import type { EntryEvent } from './entry';

/** Number of bytes parsed in a turn. */
const PIECE = 8 * 1024;

/** Parses whole blocks of an event stream, in turns, to events for entries; ids are left out, since Redis gives them. */
export async function entryEvents(bytes: Uint8Array, turns: Turns): Promise<EntryEvent[]> {
  const events: EntryEvent[] = [];
  let retry: number | undefined;
  const parser = new EventStreamParser(
    ({ data, event }) => {
      events.push({ data, event: event === 'message' ? undefined : event, retry });
      retry = undefined;
    },
    {
      continues: true,
      onRetry: (milliseconds) => {
        retry = milliseconds;
      },
    },
  );
  for (let at = 0; at < bytes.length; at += PIECE) {
    if (at > 0) await turns.next();
    parser.feed(bytes.subarray(at, at + PIECE));
  }
  if (retry !== undefined) events.push({ data: undefined, retry });
  return events;
}
