import { type Extent, failureSentence, type ReadingState, timeoutSentence } from './endSentence';
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

/** Facts about a reading that is over. */
export interface OverReading {
  /** Why the last attempt is over, as a sentence. */
  reason: string;
  extent: Extent;
  /** In milliseconds; undefined for none. */
  timeout: number | undefined;
  state: ReadingState;
}

/** Returns the error of a reading that failed; undefined if it is complete, or the caller ended it. */
export function failureOf(end: StreamEnd, over: OverReading): StreamError | undefined {
  const { cause, events } = end;
  const { reason, extent, timeout = 0, state } = over;
  if (cause === 'count' || cause === 'signal' || cause === 'duration') return undefined;
  if (cause === 'timeout') return new StreamTimeoutError(timeoutSentence(timeout, state, extent), end);
  const isComplete = cause === 'end' || (cause === 'noContent' && extent.reconnect);
  if (isComplete && events >= (extent.count ?? 0)) return undefined;
  return new StreamError(failureSentence(cause, reason, extent), end);
}
