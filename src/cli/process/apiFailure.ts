import { EXIT, type ExitCode } from './exitCode';
import { Failure } from './failure';

/** Exit codes by the names of the API's errors. */
const CODES: Readonly<Record<string, ExitCode>> = {
  ScriptError: EXIT.usage,
  RequestError: EXIT.usage,
  ServeError: EXIT.failed,
  StreamError: EXIT.failed,
  RecordingFileError: EXIT.failed,
  StreamTimeoutError: EXIT.timeout,
  WaitTimeoutError: EXIT.timeout,
};

/** Returns an error of the API as the failure of a command; any other error, which is a bug, as it is. */
export function apiFailure(error: unknown): unknown {
  if (!(error instanceof Error) || !Object.hasOwn(CODES, error.name)) return error;
  return new Failure(error.message, CODES[error.name]);
}
