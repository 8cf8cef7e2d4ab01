import type { Turns } from '../../../turns/turns';
import { type EncodedEntry, type Entry, encodeEntry } from './entry';

/** Resolves with entries as they are sent, encoded in turns: a hundred of a megabyte of line ends each take seconds. */
export async function encodeEntries(entries: readonly Entry[], turns: Turns): Promise<EncodedEntry[]> {
  const encoded: EncodedEntry[] = [];
  for (const entry of entries) {
    // The first one needn't wait: mostly it is the only one.
    if (encoded.length > 0 && turns.isOver) await turns.next();
    encoded.push(encodeEntry(entry));
  }
  return encoded;
}
