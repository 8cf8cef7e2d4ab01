import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** The methods that the server takes. */
export const METHODS = 'GET, HEAD';

/** What every answer carries: no one takes it for another type, embeds it, or learns our address from it. */
const SAFETY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Vary': 'Origin',
};

/** What a page of an allowed origin is told before it sends `Last-Event-ID` with fetch (Fetch §4.8 "CORS-preflight fetch"). */
export const PREFLIGHT_HEADERS = {
  'Access-Control-Allow-Methods': METHODS,
  'Access-Control-Allow-Headers': 'Cache-Control, Last-Event-ID',
  'Access-Control-Max-Age': '600',
};

/** The answer to one request. */
export class Answer {
  readonly #response: ServerResponse;
  readonly #origin: OutgoingHttpHeaders;

  /** @param origin whose pages may read it; undefined: no page's */
  constructor(response: ServerResponse, origin: string | undefined) {
    this.#response = response;
    this.#origin = origin === undefined ? {} : { 'Access-Control-Allow-Origin': origin };
  }

  /** Sends a whole answer; plain text, unless the headers say otherwise. */
  send(status: number, body: string, headers: OutgoingHttpHeaders = {}): void {
    this.head(status, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
      'Cache-Control': 'no-cache',
      ...headers,
    }).end(body);
  }

  /** Writes status and headers, and returns what takes the rest. All at once: set one by one, Node keeps them in a table, 2.6 KB a stream. */
  head(status: number, headers: OutgoingHttpHeaders = {}): ServerResponse {
    return this.#response.writeHead(status, { ...SAFETY_HEADERS, ...this.#origin, ...headers });
  }
}
