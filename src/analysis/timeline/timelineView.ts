// A picture of a stream as plain data. Times in milliseconds as `Date.now()` counts, lengths in milliseconds.

/** The last minute, or all since the first request or the last clear. */
export type TimelineRange = 'last' | 'all';

/** Most columns that a picture has. */
export const MAX_COLUMNS = 2000;

export interface TimelineView {
  summary: TimelineSummary;
  /** Undefined if no columns were asked for, or no request was made. */
  picture?: TimelinePicture | undefined;
}

/** Facts about all of a stream since the first request or the last clear. */
export interface TimelineSummary {
  events: number;
  /** Time from its beginning to its end, or to now. */
  span: number;
  /** Median of the gaps between bursts of events; undefined if there is no gap. */
  medianGap?: number | undefined;
  /** Number of those gaps. */
  gaps: number;
  /** Length of the longest silence; undefined if nothing has been open. */
  longest?: number | undefined;
  /** Number of connections, with those that failed. */
  connections: number;
  /** Time since the last byte of the open connection; undefined if none is open. */
  silentFor?: number | undefined;
  /** Whether a connection is open, or will be without the user. */
  isRunning: boolean;
}

/** Columns of equal width from one time to another, and what is drawn over and below them. */
export interface TimelinePicture extends Columns {
  from: number;
  to: number;
  /** Time up to which there is something to see: now, or the end. */
  now: number;
  /** Silences of more than 15 s, and the longest of the range. */
  silences: Silence[];
  /** Connections in the range, the oldest first. */
  connections: Connection[];
  /** The oldest connections, of which only the number and the time are known. */
  folded?: { count: number; from: number; to: number } | undefined;
}

/** Numbers by column. */
export interface Columns {
  events: number[];
  comments: number[];
  /** Number of events in the largest burst that begins in a column. */
  bursts: number[];
}

/** A time in which an open connection brought no byte. */
export interface Silence {
  from: number;
  to: number;
}

/**
 * How a connection ended. `end`: complete, as HTTP says. `cut`: it ended before that. `failed`: no response came. `refused`:
 * the response is no event stream. `left`: we closed it.
 */
export type ConnectionEnd = 'end' | 'cut' | 'failed' | 'refused' | 'left';

export interface Connection {
  /** Number from 1 on, which goes on after a clear. */
  number: number;
  requestedAt: number;
  /** `Last-Event-ID` that was sent, at most 100 characters; empty for none. */
  lastEventId: string;
  headAt?: number | undefined;
  firstEventAt?: number | undefined;
  endedAt?: number | undefined;
  end?: ConnectionEnd | undefined;
  /** Whether it is followed by a wait for the next one. */
  waits?: boolean | undefined;
}
