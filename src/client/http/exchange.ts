import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import type { ReadingLimit } from '../../turns/readingLimit';
import { KnownValues } from '../request/secrets/knownValues';
import type { KnownSecrets } from '../request/secrets/secrets';
import { ACCEPT, type StreamRequest } from '../request/streamRequest';
import { withoutUser } from '../request/userInfo';
import { Body } from './body';
import { readableCodings } from './coding/decoders';
import { charsetOf, mimeTypeOf } from './mimeType';
import { otherProtocol } from './otherProtocol';
import { type Redirect, RedirectError, redirected } from './redirect';

/** Maximum number of redirects in a chain (Fetch §4.4 "HTTP-redirect fetch"). */
const MAX_REDIRECTS = 20;
/** Maximum size of a response's head, in bytes: Chromium's. */
const MAX_HEAD = 256 * 1024;
const REDIRECTS = [301, 302, 303, 307, 308];

export interface RedirectOptions {
  /** Secrets that can't be recognized by a name. Default: none. */
  secret?: KnownSecrets | undefined;
  /** Origins other than the request's own that may receive a body with a secret. Default: none. */
  approved?: readonly string[] | undefined;
  /** Called when a redirect is followed, before the next request is sent. */
  onRedirect?(redirect: Redirect): void;
}

export interface ExchangeOptions extends RedirectOptions {
  /** Limit for reading without a break. Default: none, everything received is read at once. */
  reading?: ReadingLimit | undefined;
  /**
   * Fault that Node's parser found in the previous response's body, in its words: this response is parsed leniently from
   * the start. Default: none.
   */
  faultBefore?: string | undefined;
  /** Whether the response is parsed leniently even if no fault is known. Default: false. */
  isLenient?: boolean | undefined;
}

/**
 * Headers that are sent unless the request sets them. All but the last are what an EventSource sends (Fetch §4.6, cache
 * mode "no-store").
 */
const DEFAULT_HEADERS: [string, string][] = [
  ACCEPT,
  ['Cache-Control', 'no-cache'],
  ['Pragma', 'no-cache'],
  ['User-Agent', 'sse-counter'],
];

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
    const { response, body, ...sent } = await send(request, signal, how);
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
        redirects,
        body,
      };
    }
    // The redirect's body isn't needed, and neither is the connection, which no other request uses.
    body.close();
    const next = redirected(request, { status: statusCode, location: escaped(location), homes, secret }, values);
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
function escaped(location: string): string {
  return location.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`);
}

/** Returns the fault that Node's parser found, in its words; undefined if something else failed. */
export function faultOf(error: unknown): string | undefined {
  const { code, reason } = (error ?? {}) as { code?: unknown; reason?: unknown };
  // A head that is too large fails in the lenient parser, too.
  const isFault = typeof code === 'string' && code.startsWith('HPE_') && code !== 'HPE_HEADER_OVERFLOW';
  return isFault && otherProtocol(error) === undefined && typeof reason === 'string' ? reason : undefined;
}

/** Whether a request may be repeated without asking the user. */
export function isRepeatable(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/**
 * Makes the request, and repeats it if the response isn't valid HTTP: Node's lenient parser accepts what browsers accept.
 */
async function send(
  request: StreamRequest,
  signal: AbortSignal,
  { reading, faultBefore, isLenient }: Pick<ExchangeOptions, 'reading' | 'faultBefore' | 'isLenient'>,
): Promise<Sent> {
  if (isLenient || faultBefore !== undefined) return sendOnce(request, signal, { reading, isLenient: true });
  try {
    return await sendOnce(request, signal, { reading, isLenient: false });
  } catch (error) {
    const found = faultOf(error);
    if (found === undefined || !isRepeatable(request.method) || signal.aborted) throw error;
    return { ...(await sendOnce(request, signal, { reading, isLenient: true })), fault: found };
  }
}

interface Sent {
  response: IncomingMessage;
  body: Body;
  fault?: string;
}

function sendOnce(
  { method, url, headers, body, insecure }: StreamRequest,
  signal: AbortSignal,
  { reading, isLenient }: { reading: ReadingLimit | undefined; isLenient: boolean },
): Promise<Sent> {
  const { target, auth } = withoutUser(url);
  const isChunked = headers.some(([name, value]) => /^transfer-encoding$/i.test(name) && /\bchunked\b/i.test(value));
  // Node sends no Content-Length for a GET body unless told to. A chunked body must not have one (RFC 9112 §6.2).
  const hasLength = body !== undefined && !isChunked;
  const length: [string, string][] = hasLength ? [['Content-Length', String(Buffer.byteLength(body))]] : [];
  const options = {
    method,
    auth,
    headers: grouped([...headers.filter(isNoLength), ...length]),
    agent: false as const,
    insecureHTTPParser: isLenient,
    maxHeaderSize: MAX_HEAD,
    // Makes a server that only speaks other protocols say so.
    ALPNProtocols: ['http/1.1'],
    signal,
  };
  return new Promise((resolve, reject) => {
    const request =
      target.protocol === 'https:'
        ? requestHttps(target, { ...options, rejectUnauthorized: !insecure })
        : requestHttp(target, options);
    if (reading) request.once('socket', (socket) => limit(socket, reading));
    request.once('response', (response) => {
      const body = new Body(response, signal);
      // Report the system error; the response itself only says that it was aborted.
      request.on('error', (error) => body.fail(error));
      resolve({ response, body });
    });
    // Without listeners, Node would close the socket and report nothing.
    for (const event of ['upgrade', 'connect'])
      request.once(event, (_response, socket: Socket) => {
        socket.destroy();
        reject(Object.assign(new Error('The server has switched protocols.'), { code: 'ERR_HTTP_UPGRADE' }));
      });
    request.on('error', reject);
    // Sent as bytes: for a string, Node would send the headers in the string's encoding.
    request.end(body === undefined ? undefined : Buffer.from(body));
  });
}

/** Notifies the limit before and after Node handles a chunk: events of a few bytes take 20 ms for 64 KB. */
function limit(socket: Socket, reading: ReadingLimit): void {
  reading.add(socket);
  const note = () => reading.note(socket);
  socket.prependListener('data', note).on('data', note);
}

function isNoLength([name]: [string, string]): boolean {
  return name.toLowerCase() !== 'content-length';
}

/**
 * Groups the values of repeated headers, and adds the default ones. Encodes values as UTF-8, like curl: Node sends each
 * character as a byte.
 */
function grouped(headers: [string, string][]): Record<string, string | string[]> {
  const groups = new Map<string, { name: string; values: string[] }>();
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const defaults = DEFAULT_HEADERS.filter(([name]) => !given.has(name.toLowerCase()));
  for (const [name, value] of [...headers, ...defaults]) {
    const group = groups.get(name.toLowerCase()) ?? { name, values: [] };
    const sent = name.toLowerCase() === 'accept-encoding' ? readableCodings(value) : value;
    group.values.push(Buffer.from(sent).toString('latin1'));
    groups.set(name.toLowerCase(), group);
  }
  // A single value isn't passed as a list: for some headers, such as Host, Node accepts no list.
  const entries = [...groups.values()].map(({ name, values }) => [
    name,
    values.length > 1 ? values : (values[0] ?? ''),
  ]);
  return Object.fromEntries(entries);
}

function pairs(raw: string[]): [string, string][] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : []));
}
