import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Refusal } from '../source';

/** The methods of what is only read. */
export const READING = ['GET', 'HEAD'];

/** What every answer carries: no one takes it for another type, embeds it, or learns our address from it. */
const SAFETY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Vary': 'Origin',
};

/** A list of header names, as a page asks for them. */
const HEADER_NAMES = /^[\w!#$%&'*+.^`|~-]+(, *[\w!#$%&'*+.^`|~-]+)*$/;

/** Names of the headers that a page's script may read beside those that it always may (Fetch §3.3.5 "CORS protocol and credentials"). */
const EXPOSED = 'Allow, Date, Retry-After, X-Accel-Buffering';

/**
 * Returns the headers that tell a page of an allowed origin that it may send its request (Fetch §4.9 "CORS-preflight
 * fetch"). Our server stands for an API of any kind: it may have headers of any name.
 * @param wanted `Access-Control-Request-Headers`
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
  /** Its pages may read it. Default: no page may. */
  origin?: string | undefined;
  /** Called before an error is sent: a status of 400 or above. */
  onRefuse(refusal: Refusal): void;
}

/** The answer to one request. */
export class Reply {
  readonly #response: ServerResponse;
  readonly #origin: OutgoingHttpHeaders;
  readonly #onRefuse: (refusal: Refusal) => void;

  constructor(response: ServerResponse, { origin, onRefuse }: ReplyOptions) {
    [this.#response, this.#onRefuse] = [response, onRefuse];
    this.#origin = origin === undefined ? {} : corsHeaders(origin);
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

  /** Answers in place of what was asked for. */
  refuse(refusal: Refusal, others: OutgoingHttpHeaders = {}): void {
    const { status, reason, retryAfter } = refusal;
    if (status >= 400) this.#onRefuse(refusal);
    const headers = retryAfter === undefined ? others : { ...others, 'Retry-After': retryAfter };
    if (reason === undefined) this.head(status, headers).end();
    else this.send(status, `${reason}\n`, headers);
  }

  /** Writes status and headers, and returns what takes the rest. All at once: set one by one, Node keeps them in a table, 2.6 KB a stream. */
  head(status: number, headers: OutgoingHttpHeaders = {}): ServerResponse {
    return this.#response.writeHead(status, { ...SAFETY_HEADERS, ...this.#origin, ...headers });
  }
}

/** Returns the headers that let a page of the origin read the reply, also where it asked with credentials: `*` would not do there. */
function corsHeaders(origin: string): OutgoingHttpHeaders {
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': EXPOSED,
  };
}

/** Such a socket is no longer the HTTP server's: what becomes of it is decided here. */
export function refuseConnect(socket: Duplex): void {
  socket.on('error', () => socket.destroy());
  socket.write(`HTTP/1.1 405 Method Not Allowed\r\nAllow: ${READING.join(', ')}\r\nConnection: close\r\n\r\n`);
  // Not when it has been read: that may be never.
  socket.destroy();
}
