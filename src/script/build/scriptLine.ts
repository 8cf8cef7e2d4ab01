import type { LineFills } from '../fill/lineFills';

/** A line of a script that is sent. */
export interface ScriptLine {
  /** The whole line, with its line end. */
  bytes: Uint8Array;
  /** Size without the line end, in bytes. */
  size: number;
  /** The line as text; only the beginning of a long one. */
  text: string;
  line: number;
  /** Index of the escaping `@`, which isn't sent; -1 if the whole line is sent. */
  skipped: number;
  /** Its places; undefined if it has none. */
  places: LineFills | undefined;
}
