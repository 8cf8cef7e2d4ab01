import { FIELD_NAMES } from './field';

/** Maximum length of a note's text, in UTF-16 code units. */
export const MAX_NOTE = 200;

/**
 * A line or a block that makes no event. `comment`; `ignored`: a line whose field has an unknown name; `retry`: a
 * reconnection time; `badRetry`: one that isn't digits only; `nulId`: an id with NUL, which is ignored; `emptyId`: one
 * that resets the last event ID; `withoutData`: a block with an event type but without data, which isn't dispatched (WHATWG
 * HTML §9.2.6).
 */
export interface StreamNote {
  kind: 'comment' | 'ignored' | 'retry' | 'badRetry' | 'nulId' | 'emptyId' | 'withoutData';
  /** Offset of its first byte. */
  start: number;
  /** Its beginning, at most 200 characters; empty for a comment. Of `withoutData`: the type. */
  text: string;
}

/** Progress of a parser within a stream. */
export interface StreamProgress {
  /** Offset of the block in progress; of the next byte if there is none. */
  readonly blockStart: number;
  /** Number of whole lines with a field in the block in progress. */
  readonly openLines: number;
  /** Whether the block in progress has a whole line with data. */
  readonly hasOpenData: boolean;
  /** Number of lines so far that have one of the four fields. */
  readonly fields: number;
  /** Offset of the unfinished event, which clients discard if the stream ends here; undefined if there is none. */
  readonly unfinishedFrom: number | undefined;
}

/** Returns the note that a field is worth; undefined if none. @param from line of the field, and the offset of that */
export function fieldNote(name: string, value: string, from: { line: string; start: number }): StreamNote | undefined {
  const kind = kindOf(name, value);
  if (kind === undefined) return undefined;
  return { kind, start: from.start, text: (kind === 'ignored' ? from.line : value).slice(0, MAX_NOTE) };
}

function kindOf(name: string, value: string): StreamNote['kind'] | undefined {
  if (name === 'id') return value === '' ? 'emptyId' : value.includes('\0') ? 'nulId' : undefined;
  if (name === 'retry') return /^[0-9]+$/.test(value) ? 'retry' : 'badRetry';
  return FIELD_NAMES.includes(name) ? undefined : 'ignored';
}
