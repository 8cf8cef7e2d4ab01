import { type ClientHttp2Session, connect, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import { groupedHeaders } from '../http/sendRequest';
import type { StreamRequest } from '../request/streamRequest';
import { withoutUser } from '../request/userInfo';

/** Headers that HTTP/2 forbids (RFC 9113 §8.2.2), and those that it has other names for. */
const FORBIDDEN = /^(?:connection|keep-alive|proxy-connection|transfer-encoding|upgrade|http2-settings|te|host|:.*)$/;

/**
 * Maximum number of frames before the response that counts that make Node work or keep what they say: informational
 * responses, lists of origins (which Node 22 and older keep without end), and announcements that the connection ends.
 */
const MAX_EARLY = 100;

/** The head of a response over HTTP/2. */
export interface Http2Head {
  status: number;
  headers: [name: string, value: string][];
}

/**
 * Makes the request over HTTP/2 and resolves with the head of the response; then it closes the connection. Rejects with a system
 * error, or with one whose message names the error code of HTTP/2 (RFC 9113 §7).
 */
export function http2Exchange(request: StreamRequest, socket: TLSSocket): Promise<Http2Head> {
  const { target } = withoutUser(request.url);
  return new Promise((resolve, reject) => {
    const session: ClientHttp2Session = connect(target.origin, {
      createConnection: () => socket,
      settings: { enablePush: false },
    });
    const close = (done: () => void) => {
      done();
      session.destroy();
      socket.destroy();
    };
    session.once('error', (error) => close(() => reject(error)));
    session.once('close', () => close(() => reject(ended())));
    const stream = session.request(headersOf(request), { endStream: request.body === undefined });
    let early = 0;
    const count = () => {
      early += 1;
      if (early > MAX_EARLY) close(() => reject(ended()));
    };
    stream.on('headers', count);
    session.on('origin', count).on('goaway', count);
    stream.once('response', (headers, _flags, raw?: string[]) =>
      close(() => resolve({ status: headers[':status'] ?? 0, headers: pairs(headers, raw) })),
    );
    stream.once('error', (error) => close(() => reject(error)));
    stream.once('close', () => close(() => reject(ended())));
    if (request.body !== undefined) stream.end(Buffer.from(request.body));
  });
}

/** Returns the code of an error that only HTTP/2 has, such as `NGHTTP2_PROTOCOL_ERROR`; undefined for any other error. */
export function http2ErrorOf(error: unknown): string | undefined {
  return /\bNGHTTP2_[A-Z0-9_]+/.exec(error instanceof Error ? error.message : '')?.[0];
}

function ended(): Error {
  return Object.assign(new Error('The connection ended before a response.'), { code: 'ECONNRESET' });
}

function headersOf(request: StreamRequest): OutgoingHttpHeaders {
  const { target, auth } = withoutUser(request.url);
  const grouped = Object.entries(groupedHeaders(request.headers)).map(([name, value]): [string, string] => {
    const separator = name.toLowerCase() === 'cookie' ? '; ' : ', ';
    return [name.toLowerCase(), typeof value === 'string' ? value : value.join(separator)];
  });
  const host = grouped.find(([name]) => name === 'host')?.[1];
  const user = auth === undefined ? {} : { authorization: `Basic ${Buffer.from(auth).toString('base64')}` };
  return {
    ':method': request.method,
    ':path': target.pathname + target.search,
    ':scheme': 'https',
    ':authority': host ?? target.host,
    ...user,
    ...Object.fromEntries(grouped.filter(([name]) => !FORBIDDEN.test(name))),
  };
}

/** Returns names and values as received; @types/node doesn't know the list of the raw ones. */
function pairs(headers: IncomingHttpHeaders, raw: string[] = []): [string, string][] {
  const list = raw.length > 0 ? raw : Object.entries(headers).flatMap(([name, value]) => [name, String(value)]);
  const all = list.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, list[index + 1] ?? '']] : [],
  );
  return all.filter(([name]) => !name.startsWith(':'));
}
