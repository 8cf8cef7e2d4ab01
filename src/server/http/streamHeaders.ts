import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { requestHeader } from './requestHeader';

/** Headers of the response of every stream. */
const STREAM_HEADERS: OutgoingHttpHeaders = {
  'Content-Type': 'text/event-stream',
  // no-transform: a proxy that compresses (code-server's does) would buffer the events.
  'Cache-Control': 'no-cache, no-transform',
  // The same for nginx, which buffers responses by default.
  'X-Accel-Buffering': 'no',
};

/**
 * Returns the headers of a stream's response.
 * @param others in addition to ours, or in place of those of the same name
 */
export function streamHeaders(
  request: IncomingMessage,
  others: readonly (readonly [name: string, value: string])[] = [],
): OutgoingHttpHeaders {
  if (others.length === 0) return STREAM_HEADERS;
  const groups = new Map<string, { name: string; values: string[] }>();
  for (const [name, value] of others) {
    const group = groups.get(name.toLowerCase()) ?? { name, values: [] };
    group.values.push(value);
    groups.set(name.toLowerCase(), group);
  }
  const ours = Object.entries(STREAM_HEADERS).filter(([name]) => !groups.has(name.toLowerCase()));
  const theirs = [...groups.values()].map(({ name, values }) => [name, values.length > 1 ? values : values[0]]);
  // A response of another type, opened as a page, would run its scripts as ours.
  const isNavigation = requestHeader(request, 'sec-fetch-mode') === 'navigate';
  return Object.fromEntries([...ours, ...theirs, ...(isNavigation ? [['Content-Security-Policy', 'sandbox']] : [])]);
}
