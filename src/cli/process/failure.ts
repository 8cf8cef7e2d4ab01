import { EXIT, type ExitCode } from './exitCode';
import { plainText } from './plainText';

/**
 * The end of a command that failed. Its message is for the person: a sentence that says what happened and what to do; several have
 * a line each.
 */
export class Failure extends Error {
  override readonly name: string = 'Failure';
  readonly code: ExitCode;

  constructor(message: string, code: ExitCode = EXIT.failed) {
    // A name of a file, or a server's words, must not steer a terminal.
    super(plainText(message));
    this.code = code;
  }
}

/** The end of a command by a signal, while it waits for something that it needs to begin. */
export class Interruption extends Failure {
  override readonly name = 'Interruption';

  constructor() {
    super('', EXIT.done);
  }
}

/** The end of a command by a signal before it has the verdict that a script waits for: that must not look like success. */
export class Unfinished extends Failure {
  override readonly name = 'Unfinished';

  /** @param what wasn't done, as the beginning of a sentence */
  constructor(what: string) {
    super(`${what}: a signal ended the command.`);
  }
}

/** An error in the command itself: its message is followed by the page of help that has the right words. */
export class UsageError extends Failure {
  override readonly name = 'UsageError';

  constructor(message: string) {
    super(message, EXIT.usage);
  }
}
