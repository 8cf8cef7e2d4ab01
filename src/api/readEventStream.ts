import type { ReadOptions, RequestLocation, StreamReading } from './reading/streamEvent';

/**
 * Reads a stream, with any method, headers and body. The request is made when the iteration begins, and closed when it ends.
 * The iteration ends with the stream, or after `count` events; else it rejects.
 * @throws {StreamError} if the stream was refused, is no event stream, broke off, or had fewer than `count` events
 * @throws {WaitTimeoutError} after `timeout`
 */
export function readEventStream(_request: RequestLocation, _options: ReadOptions = {}): StreamReading {
  throw new Error('Not there yet.');
}
