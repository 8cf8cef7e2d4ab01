import type { StreamEnd } from './streamEvent';

/** An error for a stream that couldn't be read, or not as far as was wanted. Its message has no secret of the request. */
export class StreamError extends Error {
  override name = 'StreamError';
  /** How the reading ended. */
  readonly end: StreamEnd;

  constructor(message: string, end: StreamEnd) {
    super(message);
    this.end = end;
  }
}

/** An error for a reading whose `timeout` is over. */
export class StreamTimeoutError extends StreamError {
  override name = 'StreamTimeoutError';
}
