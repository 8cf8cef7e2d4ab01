/** Exit codes of the command line. */
export const EXIT = {
  /** Done, or ended by a signal; not of a command whose verdict was not there yet. */
  done: 0,
  /** The stream, the port or a file failed. */
  failed: 1,
  /** The command can't be understood, or a `.sse` file has an error. */
  usage: 2,
  /** `diagnose` has found something that is proven or likely. */
  found: 3,
  /** The time was up, as with GNU timeout. */
  timeout: 124,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
