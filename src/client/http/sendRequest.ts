import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import type { ReadingLimit } from '../../turns/readingLimit';
import { ACCEPT, type StreamRequest } from '../request/streamRequest';
import { withoutUser } from '../request/userInfo';
import { Body } from './body';
import { readableCodings } from './coding/decoders';
import { otherProtocol } from './otherProtocol';
import type { FindProxy } from './proxy/requestProxy';
import { discard } from './tls/discard';
import { serverName } from './tls/serverName';

/** Maximum size of a response's head, in bytes: Chromium's. */
const MAX_HEAD = 256 * 1024;

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

export interface SendOptions {
  /** Limit for reading without a break. Default: none, everything received is read at once. */
  reading?: ReadingLimit | undefined;
  /**
   * Fault that Node's parser found in the previous response's body, in its words: this response is parsed leniently from
   * the start. Default: none.
   */
  faultBefore?: string | undefined;
  /** Whether the response is parsed leniently even if no fault is known. Default: false. */
  isLenient?: boolean | undefined;
  /** Finds the proxy for each request. Default: none, it goes to its server. */
  proxyFor?: FindProxy | undefined;
}

/** A request that was sent, and the head of its response. */
interface Sent {
  response: IncomingMessage;
  body: Body;
  /** Fault that Node's parser found in the head, in its words; the response was read leniently. */
  fault?: string;
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
export async function sendRequest(
  request: StreamRequest,
  signal: AbortSignal,
  { faultBefore, isLenient, ...how }: SendOptions,
): Promise<Sent> {
  if (isLenient || faultBefore !== undefined) return sendOnce(request, signal, { ...how, isLenient: true });
  try {
    return await sendOnce(request, signal, { ...how, isLenient: false });
  } catch (error) {
    const found = faultOf(error);
    if (found === undefined || !isRepeatable(request.method) || signal.aborted) throw error;
    return { ...(await sendOnce(request, signal, { ...how, isLenient: true })), fault: found };
  }
}

async function sendOnce(
  { method, url, headers, body, insecure }: StreamRequest,
  signal: AbortSignal,
  { reading, isLenient, proxyFor }: Omit<SendOptions, 'faultBefore'>,
): Promise<Sent> {
  const { target, auth } = withoutUser(url);
  const proxy = proxyFor && (await proxyFor(target, signal));
  const isChunked = headers.some(([name, value]) => /^transfer-encoding$/i.test(name) && /\bchunked\b/i.test(value));
  // Node sends no Content-Length for a GET body unless told to. A chunked body must not have one (RFC 9112 §6.2).
  const hasLength = body !== undefined && !isChunked;
  const length: [string, string][] = hasLength ? [['Content-Length', String(Buffer.byteLength(body))]] : [];
  const options = {
    method,
    auth,
    headers: groupedHeaders([...headers.filter(isNotLength), ...length]),
    agent: proxy?.agent ?? false,
    insecureHTTPParser: isLenient === true,
    maxHeaderSize: MAX_HEAD,
    // Makes a server that only speaks other protocols say so.
    ALPNProtocols: ['http/1.1'],
    signal,
  };
  return new Promise((resolve, reject) => {
    const request =
      target.protocol === 'https:'
        ? requestHttps(target, { ...options, servername: serverName(target), rejectUnauthorized: !insecure })
        : requestHttp(target, options);
    const errorOf = proxy ? proxy.watch(request) : asItIs;
    if (reading) request.once('socket', (socket) => notifyAroundReads(socket, reading));
    request.once('response', (response) => {
      const body = new Body(response, signal);
      // Report the system error; the response itself only says that it was aborted.
      request.on('error', (error) => body.fail(error));
      resolve({ response, body });
    });
    // Without listeners, Node would close the socket and report nothing.
    for (const event of ['upgrade', 'connect'])
      request.once(event, (_response, socket: Socket) => {
        discard(socket);
        reject(Object.assign(new Error('The server has switched protocols.'), { code: 'ERR_HTTP_UPGRADE' }));
      });
    request.on('error', (error) => reject(errorOf(error)));
    // Sent as bytes: for a string, Node would send the headers in the string's encoding.
    request.end(body === undefined ? undefined : Buffer.from(body));
  });
}

function asItIs(error: Error): Error {
  return error;
}

/** Notifies the limit before and after Node handles a chunk: events of a few bytes take 20 ms for 64 KB. */
function notifyAroundReads(socket: Socket, reading: ReadingLimit): void {
  reading.add(socket);
  const note = () => reading.note(socket);
  socket.prependListener('data', note).on('data', note);
}

function isNotLength([name]: [string, string]): boolean {
  return name.toLowerCase() !== 'content-length';
}

/**
 * Groups the values of repeated headers, and adds the default ones. Encodes values as UTF-8, like curl: Node sends each
 * character as a byte.
 */
export function groupedHeaders(headers: [string, string][]): Record<string, string | string[]> {
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
