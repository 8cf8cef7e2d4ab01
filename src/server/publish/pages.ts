import type { IncomingMessage } from 'node:http';

/**
 * Whether a web page makes the request: browsers send one of the two headers with every POST of a page, and with what its
 * scripts ask for (Fetch §3.2 "Origin header", Fetch Metadata §2); programs don't.
 */
export function isOfPage({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
}
