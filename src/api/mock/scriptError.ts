import type { ScriptProblem } from './scriptCheck';

/** Maximum number of problems in the message. */
const MAX_TOLD = 10;

/** Error for a script that can't be read, or has errors: its message has a line `file:line:column: sentence` for each of ten. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
  constructor(
    message: string,
    /** The errors in the script, or in those of a folder, at most 1,000; empty if it couldn't be read. */
    readonly problems: readonly ScriptProblem[] = [],
  ) {
    super(message);
  }

  /** Returns the error for a script with errors. @param name of its file */
  static of(name: string, problems: readonly ScriptProblem[]): ScriptError {
    const told = problems
      .slice(0, MAX_TOLD)
      .map(({ line, column, message }) => `${name}:${line}:${column}: ${message}`);
    return new ScriptError(told.join('\n'), problems);
  }
}
