import { BEFORE_ALL, compareIds, type EntryId } from './entries/entryId';

/** The ends of a stream's history. */
export interface History {
  /** Number of entries that are kept. */
  length: number;
  /** Number of entries that were ever added; undefined before Redis 7. */
  added: number | undefined;
  /** Id of the first entry that is kept; undefined if none is. */
  first: EntryId | undefined;
  /** The last id that was given, kept or not. */
  last: EntryId;
}

/** History of a stream that isn't there yet. */
export const EMPTY: History = { length: 0, added: 0, first: undefined, last: BEFORE_ALL };

/**
 * Reason why a reader can't go on behind an id as if nothing had been: entries behind it may be `trimmed` away, or the
 * history doesn't know the id (`unknown`), as another Redis has begun one, or lost the end of it.
 */
export type Gap = 'trimmed' | 'unknown';

/** Returns the gap behind an id that is no longer in the stream; undefined if none can be. */
export function gapBehind(id: EntryId, { length, added, first, last }: History): Gap | undefined {
  const order = compareIds(id, last);
  if (order > 0) return 'unknown';
  if (order === 0) return undefined;
  // A reader from the beginning of a new stream: it has missed something if something is gone.
  if (id === BEFORE_ALL && added === length) return undefined;
  return first === undefined || compareIds(id, first) < 0 ? 'trimmed' : undefined;
}
