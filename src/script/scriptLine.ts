/** A line of a file that is sent. */
export interface ScriptLine {
  /** With its end. */
  bytes: Uint8Array;
  /** Without it. */
  size: number;
  /** The beginning of a long line. */
  text: string;
  line: number;
  /** Where the byte is that isn't sent, near its beginning; -1: all are. */
  skipped: number;
}
