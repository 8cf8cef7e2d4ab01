import { PIECE_SIZE } from '../../http/blockWriter';
import type { Blocks } from '../../source';
import type { EncodedEntry } from './entry';
import type { EntryId } from './entryId';

/** Entries that came together, joined once for all clients. */
export interface Batch {
  entries: readonly EncodedEntry[];
  /** The same, joined up to the size of a write. */
  pieces: readonly Blocks[];
  first: EntryId;
  last: EntryId;
  /** Size in bytes. */
  size: number;
}

/** Returns entries as a batch; undefined if there are none. */
export function batchOf(entries: readonly EncodedEntry[]): Batch | undefined {
  const [first, last] = [entries[0], entries.at(-1)];
  if (!first || !last) return undefined;
  const pieces = joined(entries);
  const size = pieces.reduce((sum, { bytes }) => sum + bytes.length, 0);
  return { entries, pieces, first: first.id, last: last.id, size };
}

function joined(entries: readonly EncodedEntry[]): Blocks[] {
  const groups: Blocks[][] = [[]];
  let size = 0;
  for (const entry of entries) {
    const group = groups.at(-1) ?? [];
    if (group.length > 0 && size + entry.bytes.length > PIECE_SIZE) {
      groups.push([entry]);
      size = entry.bytes.length;
    } else {
      group.push(entry);
      size += entry.bytes.length;
    }
  }
  return groups.map((group) => ({
    bytes: Buffer.concat(group.map(({ bytes }) => bytes)),
    events: group.reduce((sum, { events }) => sum + events, 0),
  }));
}
