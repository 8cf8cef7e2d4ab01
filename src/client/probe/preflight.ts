import type { StreamRequest } from '../request/streamRequest';
import { withoutUser } from '../request/userInfo';

/**
 * Names of headers that a page needn't ask for: those that any page may set (Fetch, "CORS-safelisted request-header"), and those
 * that the browser or an EventSource sets by itself.
 */
const FREE = new Set([
  ...['accept', 'accept-language', 'content-language', 'cache-control', 'pragma', 'last-event-id', 'priority'],
  ...['accept-charset', 'accept-encoding', 'access-control-request-headers', 'access-control-request-method'],
  ...['connection', 'content-length', 'cookie', 'cookie2', 'date', 'dnt', 'expect', 'host', 'keep-alive', 'origin'],
  ...[
    'referer',
    'set-cookie',
    'te',
    'trailer',
    'transfer-encoding',
    'upgrade',
    'upgrade-insecure-requests',
    'user-agent',
  ],
  ...['via'],
]);
const FREE_TYPE = /^(?:application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\s*(?:;|$)/i;

/** Returns the names of the headers that a page on another origin may only set if it asks first, in order, in lower case. */
export function askedHeaders({ headers }: StreamRequest): string[] {
  const names = headers.filter((header) => !isFree(header)).map(([name]) => name.toLowerCase());
  return [...new Set(names)].sort();
}

/**
 * Returns the request with which a browser asks before the page's own (Fetch §4.8 "CORS-preflight fetch"), without anything secret but
 * what is in the URL; undefined if it wouldn't ask.
 */
export function preflightOf(request: StreamRequest, origin: string): StreamRequest | undefined {
  const asked = askedHeaders(request);
  if (asked.length === 0) return undefined;
  return {
    method: 'OPTIONS',
    url: withoutUser(request.url).target.href,
    headers: [
      ['Accept', '*/*'],
      ['Access-Control-Request-Method', request.method],
      ['Access-Control-Request-Headers', asked.join(',')],
      ['Origin', origin],
    ],
    insecure: request.insecure,
  };
}

function isFree([name, value]: [string, string]): boolean {
  const called = name.toLowerCase();
  if (called === 'content-type') return FREE_TYPE.test(value);
  return FREE.has(called) || /^(?:sec|proxy)-/.test(called);
}
