import type { RequestEvidence } from './evidence';

/** Headers that a browser sends by itself: a copied request has them, though no page has set them. */
const OF_BROWSERS = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'connection',
  'cookie',
  'dnt',
  'host',
  'last-event-id',
  'origin',
  'pragma',
  'priority',
  'referer',
  'te',
  'upgrade-insecure-requests',
  'user-agent',
]);

/** Returns the headers that a browser doesn't send by itself, and that an EventSource can't send. */
export function addedHeaders({ headers }: Pick<RequestEvidence, 'headers'>): string[] {
  return headers.filter((name) => !OF_BROWSERS.has(name) && !/^(?:sec|proxy|x-client-data)(?:-|$)/.test(name));
}

/** Whether an EventSource can make such a request: GET, no body, no headers but a browser's own. */
export function isForEventSource(request: RequestEvidence): boolean {
  return request.method === 'GET' && !request.hasBody && addedHeaders(request).length === 0;
}
