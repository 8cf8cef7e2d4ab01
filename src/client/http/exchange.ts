import { KnownValues } from '../request/secrets/knownValues';
import type { KnownSecrets } from '../request/secrets/secrets';
import type { StreamRequest } from '../request/streamRequest';
import type { Body } from './body';
import { charsetOf, mimeTypeOf } from './mimeType';
import { type Redirect, RedirectError, redirected } from './redirect';
import { type SendOptions, sendRequest } from './sendRequest';
import { type TlsFacts, tlsFacts } from './tls/tlsFacts';

/** Maximum number of redirects in a chain (Fetch §4.4 "HTTP-redirect fetch"). */
const MAX_REDIRECTS = 20;
const REDIRECTS = [301, 302, 303, 307, 308];

export interface RedirectOptions {
  /** Secrets that can't be recognized by a name. Default: none. */
  secret?: KnownSecrets | undefined;
  /** Origins other than the request's own that may receive a body with a secret. Default: none. */
  approved?: readonly string[] | undefined;
  /** Called when a redirect is followed, before the next request is sent. */
  onRedirect?(redirect: Redirect): void;
}

export interface ExchangeOptions extends RedirectOptions, SendOptions {}

/** The head of a response, and its body. */
export interface Exchange {
  status: number;
  statusText: string;
  headers: [name: string, value: string][];
  /** Media type without its parameters, in lower case; empty if there is none. */
  contentType: string;
  /** Charset that the media type names; undefined if it names none. */
  charset: string | undefined;
  /** Content codings, as the header names them; empty if there are none. */
  encoding: string;
  /** Fault that Node's parser found in the head, in its words; the response was read all the same. */
  fault: string | undefined;
  /** The option of that name, as given: whether this response is valid isn't known. */
  faultBefore: string | undefined;
  /** Version of HTTP, such as `1.1`. */
  httpVersion: string;
  /** Undefined without TLS. */
  tls: TlsFacts | undefined;
  /** Redirects that led to this response, in order. */
  redirects: Redirect[];
  body: Body;
}

/**
 * Makes the request and follows redirects. Resolves with the response when its head has come; rejects with a system error
 * or RedirectError. An abort ends it at any time, even during the body.
 */
export async function exchange(
  first: StreamRequest,
  signal: AbortSignal,
  { secret, approved = [], onRedirect, ...how }: ExchangeOptions = {},
): Promise<Exchange> {
  const homes = [new URL(first.url).origin, ...approved];
  const values = new KnownValues(secret?.values ?? []);
  const redirects: Redirect[] = [];
  let request = first;
  while (redirects.length <= MAX_REDIRECTS) {
    const { response, body, ...sent } = await sendRequest(request, signal, how);
    const { statusCode = 0, statusMessage = '', headers } = response;
    const rawHeaders = pairs(response.rawHeaders);
    const types = typesOf(rawHeaders);
    const { location } = headers;
    // Without a location, the redirect is the response (Fetch §4.4).
    if (location === undefined || !REDIRECTS.includes(statusCode)) {
      return {
        status: statusCode,
        statusText: statusMessage,
        headers: rawHeaders,
        contentType: mimeTypeOf(types),
        charset: charsetOf(types),
        encoding: headers['content-encoding'] ?? '',
        fault: sent.fault,
        faultBefore: how.faultBefore,
        httpVersion: response.httpVersion,
        tls: tlsFacts(response.socket),
        redirects,
        body,
      };
    }
    // The redirect's body isn't needed, and neither is the connection, which no other request uses.
    body.close();
    const next = redirected(request, { status: statusCode, location: asciiOf(location), homes, secret }, values);
    request = next.request;
    redirects.push(next.redirect);
    onRedirect?.(next.redirect);
  }
  throw new RedirectError('loop', `More than ${MAX_REDIRECTS} redirects.`);
}

/** Whether the response is one that an EventSource reads (WHATWG HTML §9.2.3). */
export function isEventStream({ status, contentType }: Pick<Exchange, 'status' | 'contentType'>): boolean {
  return status === 200 && contentType === 'text/event-stream';
}

/**
 * Returns the charset for which Chromium refuses a stream; undefined if it doesn't. Other browsers read the stream as
 * UTF-8 (WHATWG HTML §9.2.6).
 */
export function refusedCharset({ charset }: Pick<Exchange, 'charset'>): string | undefined {
  return charset === undefined || /^(?:utf-8)?$/i.test(charset) ? undefined : charset;
}

/** Returns the values of the `Content-Type` headers. */
export function typesOf(headers: Exchange['headers']): string[] {
  return headers.filter(([name]) => name.toLowerCase() === 'content-type').map(([, value]) => value);
}

/** Whether the response may have a body that is what was requested (RFC 9110 §15.3). */
export function isSuccess({ status }: Pick<Exchange, 'status'>): boolean {
  return status >= 200 && status < 300 && status !== 204 && status !== 205;
}

/** Returns the location in ASCII: Node decodes its bytes as latin1, but most are UTF-8. */
function asciiOf(location: string): string {
  return location.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`);
}

function pairs(raw: string[]): [string, string][] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : []));
}
