// Messages about finding a text in a stream.

/** Where a text is looked for: in the rows that are shown, or in the lines as they came. */
export type FindPlace = 'events' | 'wire';

/** Messages from the inspector's page to the extension. */
export type FromFind =
  /**
   * Looks for a text, or ends that, if it is empty. `from` is the position of the row or line at which the first match is
   * looked for.
   */
  | { type: 'find'; text: string; isRegExp: boolean; place: FindPlace; from: number }
  /** Goes to the next match, or the previous one. */
  | { type: 'findStep'; back: boolean };

/** Matches of the text. */
export interface FoundState {
  /** Number of rows or lines that match. */
  count: number;
  /** Whether there are more than are counted. */
  isMore: boolean;
  /** Whether the stream hasn't been searched to its end yet. */
  searching: boolean;
  /** Number of the current match among them, from 1; 0 if there is none. */
  current: number;
}

/** Messages from the extension to the inspector's page. */
export type ToFind =
  | { type: 'found'; found: FoundState }
  /** Goes to a match. `generation` and `row` are those of rows or lines. */
  | { type: 'goToFound'; place: FindPlace; generation: number; row: number }
  /** Reason why nothing is found. */
  | { type: 'badFind'; reason: string };

export type FindStrings = Record<
  /** `{0}` of `{1}` matches. */
  | 'ofMatches'
  /** As `ofMatches`, of more than `{1}`. */
  | 'ofMore'
  | 'noMatches'
  | 'searching',
  string
>;
