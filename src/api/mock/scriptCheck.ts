/** An error or a warning in a `.sse` file. */
export interface ScriptProblem {
  severity: 'error' | 'warning';
  /** Line, from 1. */
  line: number;
  /** Column, from 1, in UTF-16 code units. */
  column: number;
  /** A sentence that says what is wrong, and what to do. */
  message: string;
}

/** The result of `checkEventStream`. */
export interface ScriptCheck {
  /** Whether the script can be played: it has no error. */
  ok: boolean;
  problems: ScriptProblem[];
  /** Number of events. */
  events: number;
  /** Sum of all pauses, in milliseconds. */
  duration: number;
}
