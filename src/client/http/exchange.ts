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

/** A chain of redirects is followed for so long (Fetch §4.4 "HTTP-redirect fetch"). */
const MAX_REDIRECTS = 20;
/** Maximum size of an answer's head, in bytes: Chromium's. */
const MAX_HEAD = 256 * 1024;
const REDIRECTS = [301, 302, 303, 307, 308];

export interface RedirectOptions {
  /** Secrets that no name tells of. Default: none. */
  secret?: KnownSecrets | undefined;
  /** Origins other than the request's own that may have a body with a secret. Default: none. */
  approved?: readonly string[] | undefined;
  /** A redirect is followed; called before the next request goes out. */
  onRedirect?(redirect: Redirect): void;
}

export interface ExchangeOptions extends RedirectOptions {
  /** Default: the answer is read at one go, as far as it has come. */
  reading?: ReadingLimit | undefined;
  /** Node's parser's words for a fault in the body of an answer before: this one is read leniently from the first on. Default: nothing is known. */
  faultBefore?: string | undefined;
  /** Whether it is read so though nothing is known. Default: false. */
  isLenient?: boolean | undefined;
}

/** What is sent unless the request says otherwise. All but the last is what an EventSource sends (Fetch §4.6, cache mode "no-store"). */
const DEFAULT_HEADERS: [string, string][] = [
  ACCEPT,
  ['Cache-Control', 'no-cache'],
  ['Pragma', 'no-cache'],
  ['User-Agent', 'sse-counter'],
];

/** The head of an response, and its body. */
export interface Exchange {
  status: number;
  statusText: string;
  headers: [name: string, value: string][];
  /** Without its parameters, in lower case; empty where there is none. */
  contentType: string;
  /** As its type names it; undefined: it names none. */
  charset: string | undefined;
  /** Its content codings, as it names them; empty: it names none. */
  encoding: string;
  /** Node's parser's words for what isn't valid HTTP in its head; it was read all the same. */
  fault: string | undefined;
  /** As it was given: whether this one is valid isn't known. */
  faultBefore: string | undefined;
  /** How the request came to the server that answers, in order. */
  redirects: Redirect[];
  body: Body;
}

/**
 * Makes the request and follows redirects. Resolves with the answer when its head has come; rejects with what the system
 * says, or RedirectError. An abort ends it at any time, the body too.
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
    // Without an address, it is the response (Fetch §4.4).
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
    // Its body is of no use; nor is the connection, which is this request's own.
    body.close();
    const next = redirected(request, { status: statusCode, location: escaped(location), homes, secret }, values);
    request = next.request;
    redirects.push(next.redirect);
    onRedirect?.(next.redirect);
  }
  throw new RedirectError('loop', `More than ${MAX_REDIRECTS} redirects.`);
}

/** Whether an answer is one that an EventSource reads (WHATWG HTML §9.2.3). */
export function isEventStream({ status, contentType }: Pick<Exchange, 'status' | 'contentType'>): boolean {
  return status === 200 && contentType === 'text/event-stream';
}

/** Returns the charset for which Chromium refuses a stream; undefined: it doesn't. Others read it as UTF-8 (WHATWG HTML §9.2.6). */
export function refusedCharset({ charset }: Pick<Exchange, 'charset'>): string | undefined {
  return charset === undefined || /^(?:utf-8)?$/i.test(charset) ? undefined : charset;
}

/** The values of its `Content-Type` headers. */
export function typesOf(headers: Exchange['headers']): string[] {
  return headers.filter(([name]) => name.toLowerCase() === 'content-type').map(([, value]) => value);
}

/** Whether it may have a body that is what was asked for (RFC 9110 §15.3). */
export function isSuccess({ status }: Pick<Exchange, 'status'>): boolean {
  return status >= 200 && status < 300 && status !== 204 && status !== 205;
}

/** The address in ASCII: what Node has read as latin1 are bytes, of UTF-8 mostly. */
function escaped(location: string): string {
  return location.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`);
}

/** What Node's parser finds fault with, in its words; undefined where something else failed. */
export function faultOf(error: unknown): string | undefined {
  const { code, reason } = (error ?? {}) as { code?: unknown; reason?: unknown };
  // A head that is too large is so for the lenient parser, too.
  const isFault = typeof code === 'string' && code.startsWith('HPE_') && code !== 'HPE_HEADER_OVERFLOW';
  return isFault && otherProtocol(error) === undefined && typeof reason === 'string' ? reason : undefined;
}

/** Whether a request may be made again unasked. */
export function isRepeatable(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Makes the request, and once more where the answer isn't valid HTTP: browsers read what Node's parser reads if it is lenient. */
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
  // Of its own accord, Node frames no body of a GET. Beside chunks there is no length (RFC 9112 §6.2).
  const hasLength = body !== undefined && !isChunked;
  const length: [string, string][] = hasLength ? [['Content-Length', String(Buffer.byteLength(body))]] : [];
  const options = {
    method,
    auth,
    headers: grouped([...headers.filter(isNoLength), ...length]),
    agent: false as const,
    insecureHTTPParser: isLenient,
    maxHeaderSize: MAX_HEAD,
    // A server that has only others says so.
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
      // What the system says of it: the response itself would only say that it was aborted.
      request.on('error', (error) => body.fail(error));
      resolve({ response, body });
    });
    // No event stream: without listeners, Node would let the socket go and say nothing.
    for (const event of ['upgrade', 'connect'])
      request.once(event, (_response, socket: Socket) => {
        socket.destroy();
        reject(Object.assign(new Error('The server has switched protocols.'), { code: 'ERR_HTTP_UPGRADE' }));
      });
    request.on('error', reject);
    // As bytes: with a text, Node would send the headers in the text's encoding.
    request.end(body === undefined ? undefined : Buffer.from(body));
  });
}

/** Has the limit told before and behind what Node does with what was read: events of a few bytes take 20 ms for 64 KB. */
function limit(socket: Socket, reading: ReadingLimit): void {
  reading.add(socket);
  const note = () => reading.note(socket);
  socket.prependListener('data', note).on('data', note);
}

function isNoLength([name]: [string, string]): boolean {
  return name.toLowerCase() !== 'content-length';
}

/** A header that is given more than once is sent as often; in UTF-8, as curl does: Node takes characters for bytes. */
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
  // One alone not as a list: Node takes no list for some, Host for one.
  const entries = [...groups.values()].map(({ name, values }) => [
    name,
    values.length > 1 ? values : (values[0] ?? ''),
  ]);
  return Object.fromEntries(entries);
}

function pairs(raw: string[]): [string, string][] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : []));
}
