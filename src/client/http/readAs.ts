import type { StreamFormat } from '../../stream/streamParser';
import { type Exchange, isEventStream, isSuccess } from './exchange';

/**
 * How any successful response is read, whatever its type: `text` is no stream. `eventSource`: only what an EventSource reads
 * is one.
 */
export type ReadAs = StreamFormat | 'text' | 'eventSource';

/** Media types of JSON lines, of JSON text sequences (RFC 7464, RFC 8091), and of what Spring calls a stream of JSON. */
const LINES =
  /^(?:application|text)\/(?:[\w.-]+\+)?(?:x-)?(?:ndjson|nd-json|jsonl|json-?lines|json-seq|json-stream|stream\+json)$/;

/** Returns the format that a response is read in; undefined if it is no stream. @param readAs Default: by its type */
export function formatOf(response: Exchange, readAs: ReadAs | undefined): StreamFormat | undefined {
  if ((readAs === 'events' || readAs === 'lines') && isSuccess(response)) return readAs;
  if (readAs === 'text') return undefined;
  if (isEventStream(response)) return 'events';
  const isLines = readAs === undefined && isSuccess(response) && LINES.test(response.contentType);
  return isLines ? 'lines' : undefined;
}
