// Rows of the inspector's lists.

/** A redirect that was followed, in the user's language. */
export interface RedirectRow {
  status: number;
  /** With masks. */
  url: string;
  /** Remarks: which headers stayed behind, that it isn't encrypted any more. */
  notes: string[];
}

/** One row of the inspector's table. */
export interface EventRow {
  /** From 1, in the order in which they came. */
  number: number;
  /** When it came, as `Date.now()` counts. */
  time: number;
  /** Milliseconds since the event before; none for the first. */
  gap?: number | undefined;
  event: string;
  /** The id that its block sets; none where it sets none. */
  id?: string | undefined;
  /** The beginning of its data on one line. */
  preview: string;
  /** Bytes of its block. */
  size: number;
}
