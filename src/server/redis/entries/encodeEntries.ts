import { setImmediate } from 'node:timers/promises';
import { type EncodedEntry, type Entry, encodeEntry } from './entry';

/** Time after which timers and sockets have their turn, in milliseconds. */
const TURN = 10;

/** Resolves with entries as they are sent. Others have turns meanwhile: a hundred of a megabyte of line ends each take ten seconds. */
export async function encodeEntries(entries: readonly Entry[]): Promise<EncodedEntry[]> {
  const encoded: EncodedEntry[] = [];
  let until = performance.now() + TURN;
  for (const entry of entries) {
    if (performance.now() > until) {
      await setImmediate();
      until = performance.now() + TURN;
    }
    encoded.push(encodeEntry(entry));
  }
  return encoded;
}
