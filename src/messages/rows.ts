// Rows of the inspector's lists.

/** A redirect that was followed, with texts in the user's language. */
export interface RedirectRow {
  status: number;
  /** URL with masks. */
  url: string;
  /** Remarks: which headers were removed, or that the connection is no longer encrypted. */
  notes: string[];
}

/** A row of the inspector's table. */
export interface EventRow {
  /** Counted from 1, in order of arrival. */
  number: number;
  /** Time of arrival, as `Date.now()` counts. */
  time: number;
  /** Milliseconds since the previous event; undefined for the first. */
  gap?: number | undefined;
  event: string;
  /** Id that its block sets; undefined if it sets none. */
  id?: string | undefined;
  /** The beginning of its data on one line. */
  preview: string;
  /** Differences from the data of the row before, empty if there are none; undefined if the two aren't comparable. */
  differs?: string | undefined;
  /** Values at the JSON paths that were asked for, in their order. */
  values?: string[] | undefined;
  /** Whether the event, of no known protocol, reports an error. Default: false. */
  isError?: boolean | undefined;
  /** Size of its block, in bytes. */
  size: number;
  /**
   * Pieces that the event adds to an answer, if its protocol is recognised, and the result and the item that get them;
   * undefined if it adds nothing.
   */
  adds?: { text: string; isError: boolean; at?: [result: number, item: number] | undefined } | undefined;
  /** Number of the burst that it came in: events of one came at most 5 ms after each other. */
  burst: number;
  /** Set for the first row of a connection, if there is a row before it. `behind`: the `Last-Event-ID` that was sent. */
  begins?: { connection: number; behind: string } | undefined;
}

/** A line of the wire view. */
export interface WireLine {
  /** The line with invisible characters made visible, truncated at 4 KB. */
  text: string;
  /** Time of arrival, as `Date.now()` counts; only of the first line that came then. */
  time?: number | undefined;
}
