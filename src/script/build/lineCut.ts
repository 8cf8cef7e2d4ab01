/** A division of the next line that is sent. */
export interface LineCut {
  /** Size of the first part, in bytes. */
  at: number;
  /** Time between the parts. */
  milliseconds: number;
  /** Called if the line isn't longer than the first part. */
  onTooFar(): void;
  /** Called if it would divide a place. */
  onInPlace(): void;
}
