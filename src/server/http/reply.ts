import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { isJson } from '../../text/jsonSyntax';
import type { Refusal } from '../source';

/** The methods of read-only resources. */
export const READING = ['GET', 'HEAD'];

/** Headers of every response: they prevent type sniffing, embedding by other sites, and leaking our address as referrer. */
const SAFETY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Vary': 'Origin',
};

/** Pattern of a list of header names, as in `Access-Control-Request-Headers`. */
const HEADER_NAMES = /^[\w!#$%&'*+.^`|~-]+(, *[\w!#$%&'*+.^`|~-]+)*$/;

/** Headers that a page's scripts may read, besides the safelisted ones (Fetch §3.3.5 "CORS protocol and credentials"). */
const EXPOSED = 'Allow, Date, Retry-After, X-Accel-Buffering';

/**
 * Returns the headers that permit a request of a page of an allowed origin (Fetch §4.9 "CORS-preflight fetch"). All header
 * names are allowed, because the server mocks APIs of any kind.
 * @param wanted value of `Access-Control-Request-Headers`
 */
export function preflightHeaders(methods: readonly string[], wanted: string | undefined): OutgoingHttpHeaders {
  const isList = wanted !== undefined && HEADER_NAMES.test(wanted);
  return {
    'Access-Control-Allow-Methods': methods.join(', '),
    'Access-Control-Allow-Headers': isList ? wanted : 'Cache-Control, Last-Event-ID',
    'Access-Control-Max-Age': '600',
  };
}

export interface ReplyOptions {
  /** The origin whose pages may read the response. Default: none. */
  origin?: string | undefined;
  /** Called before a refusal is sent. */
  onRefuse(refusal: Refusal): void;
}

/** The writer of our server's response to a request. */
export class Reply {
  readonly #response: ServerResponse;
  readonly #origin: OutgoingHttpHeaders;
  readonly #onRefuse: (refusal: Refusal) => void;

  constructor(response: ServerResponse, { origin, onRefuse }: ReplyOptions) {
    [this.#response, this.#onRefuse] = [response, onRefuse];
    this.#origin = origin === undefined ? {} : corsHeaders(origin);
  }

  /** Sends a complete response; plain text, unless the headers say otherwise. */
  send(status: number, body: string | Uint8Array, headers: OutgoingHttpHeaders = {}): void {
    this.head(status, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
      'Cache-Control': 'no-cache',
      ...headers,
    }).end(body);
  }

  /** Sends a refusal in place of the requested resource. */
  refuse(refusal: Refusal, others: OutgoingHttpHeaders = {}): void {
    const { status, reason, body, retryAfter, allow } = refusal;
    this.#onRefuse(refusal);
    const headers = {
      ...others,
      ...(retryAfter === undefined ? {} : { 'Retry-After': retryAfter }),
      ...(allow === undefined ? {} : { Allow: allow }),
    };
    if (body !== undefined)
      this.send(
        status,
        body,
        typeof body !== 'string' || isJson(body) ? { ...headers, 'Content-Type': 'application/json' } : headers,
      );
    else if (reason === undefined) this.head(status, headers).end();
    else this.send(status, `${reason}\n`, headers);
  }

  /**
   * Writes status and headers, and returns the response for its body. All headers are written at once: if they were set one
   * by one, Node would keep them in a table, 2.6 KB for each stream.
   */
  head(status: number, headers: OutgoingHttpHeaders = {}): ServerResponse {
    return this.#response.writeHead(status, { ...SAFETY_HEADERS, ...this.#origin, ...headers });
  }
}

/** Returns the headers that let pages of the origin read the reply. With credentials, `*` would not be accepted. */
function corsHeaders(origin: string): OutgoingHttpHeaders {
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': EXPOSED,
  };
}

/** Refuses a CONNECT request and closes its socket, which the HTTP server no longer manages. */
export function refuseConnect(socket: Duplex): void {
  socket.on('error', () => socket.destroy());
  socket.write(`HTTP/1.1 405 Method Not Allowed\r\nAllow: ${READING.join(', ')}\r\nConnection: close\r\n\r\n`);
  // At once: a client may never read the response.
  socket.destroy();
}
