import { EventReading } from './reading/eventReading';
import { checkedReadOptions } from './reading/readOptions';
import type { ReadOptions, RequestLocation, StreamReading } from './reading/streamEvent';

/**
 * Reads an event stream, or JSON lines, with any method, headers and body. The request is made when the iteration begins, and closed when it ends;
 * a reading can be iterated once. A slow iteration holds the stream back. The iteration ends with the stream, or after `count`
 * events; else it rejects. HTTPS_PROXY, HTTP_PROXY and NO_PROXY are obeyed.
 * @throws {RangeError} at once, if `count`, `timeout`, `lastEventId` or `readAs` is out of its range
 * @throws {TypeError} at once, if an option is of a wrong kind
 * @throws {RequestError} if the request can't be made as it is given
 * @throws {StreamError} if the stream was refused, is no event stream, broke off, or had fewer than `count` events
 * @throws {StreamTimeoutError} after `timeout`
 */
export function readEventStream(request: RequestLocation, options: ReadOptions = {}): StreamReading {
  return new EventReading(request, checkedReadOptions(options));
}
