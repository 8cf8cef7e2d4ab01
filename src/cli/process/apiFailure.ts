import { EXIT, type ExitCode } from './exitCode';
import { Failure } from './failure';

/** Exit codes by the names of the API's errors. */
const CODES: Readonly<Record<string, ExitCode>> = {
  ScriptError: EXIT.usage,
  RequestError: EXIT.usage,
  ServeError: EXIT.failed,
  RedisError: EXIT.failed,
  RedisAddressError: EXIT.usage,
  StreamError: EXIT.failed,
  RecordingFileError: EXIT.failed,
  StreamTimeoutError: EXIT.timeout,
  WaitTimeoutError: EXIT.timeout,
};

/** Advice of the API, and the same on the command line. */
const ADVICE: readonly [api: string, line: string][] = [
  ['set force to', 'use --force to'],
  ['Set reconnect to', 'Use --reconnect to'],
  ['Set readAs to lines to', 'Use --as lines to'],
];

/** Returns an error of the API as the failure of a command; any other error, which is a bug, as it is. */
export function apiFailure(error: unknown): unknown {
  if (!(error instanceof Error) || !Object.hasOwn(CODES, error.name)) return error;
  const message = ADVICE.reduce((text, [api, line]) => text.replace(api, line), error.message);
  return new Failure(message, CODES[error.name]);
}
