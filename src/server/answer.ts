import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** The methods that the server takes. */
export const METHODS = 'GET, HEAD';

/** What every answer carries: no one takes it for another type, embeds it, or learns our address from it. */
export const SAFETY_HEADERS = Object.entries({
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Vary': 'Origin',
});

/** What a page of an allowed origin is told before it sends `Last-Event-ID` with fetch (Fetch §4.8 "CORS-preflight fetch"). */
export const PREFLIGHT_HEADERS = {
  'Access-Control-Allow-Methods': METHODS,
  'Access-Control-Allow-Headers': 'Cache-Control, Last-Event-ID',
  'Access-Control-Max-Age': '600',
};

/** Sends a whole answer; plain text, unless the headers say otherwise. */
export function answer(
  response: ServerResponse,
  status: number,
  body: string,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-cache',
    ...headers,
  });
  response.end(body);
}
