import type { Arguments, OptionTypes } from './process/arguments';
import type { ExitCode } from './process/exitCode';
import type { Output } from './process/output';

/** The world that a command runs in. */
export interface Surroundings {
  stdout: Output;
  stderr: Output;
  /** Signal that is aborted by Ctrl-C and its like, and by `interrupt`. */
  interrupted: AbortSignal;
  /** Ends the command as Ctrl-C does. */
  interrupt(): void;
}

/** A command of `sse-counter`. */
export interface Command {
  /** Text of its page of help. */
  help: string;
  options: OptionTypes;
  /** Runs the command to its end. @throws {Failure} */
  run(given: Arguments, around: Surroundings): Promise<ExitCode>;
}
