import type { ConnectionEvidence, Probe } from '../../analysis/evidence/evidence';
import { headEvidence } from '../evidence/headEvidence';
import { requestEvidence } from '../evidence/requestEvidence';
import { TextNotes } from '../evidence/textNotes';
import { isEventStream, typesOf } from '../http/exchange';
import { charsetOf, mimeTypeOf } from '../http/mimeType';
import { tlsFacts } from '../http/tls/tlsFacts';
import type { StreamRequest } from '../request/streamRequest';
import { withoutUser } from '../request/userInfo';
import { type Http2Head, http2ErrorOf, http2Exchange } from './http2Exchange';
import type { Means } from './probeReading';
import { tlsConnection } from './tlsConnection';

/** Parts of the evidence of a request; without a response, they are all that there is. */
type Found = Pick<ConnectionEvidence, 'head' | 'end'>;

/**
 * Asks which protocol the server chooses where a browser offers HTTP/2, and makes the request over that if it is chosen. Resolves
 * when the head has come, or it has failed, or the time in milliseconds is over.
 * @param origin time that its own are to count from, by the clock of `performance.now()`
 */
export async function http2Probe(request: StreamRequest, means: Means, time: number, origin: number): Promise<Probe> {
  const startedAt = performance.now();
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, time);
  if (means.signal.aborted) abort();
  means.signal.addEventListener('abort', abort, { once: true });
  const now = () => performance.now() - startedAt;
  const build = (found: Found) => connectionEvidence(request, { ...found, requestedAt: startedAt - origin });
  let alpn: string | undefined;
  try {
    const { target } = withoutUser(request.url);
    const { insecure } = request;
    const socket = await tlsConnection(target, { insecure, signal: controller.signal, proxyFor: means.proxyFor });
    const tls = tlsFacts(socket);
    alpn = tls?.alpn ?? '';
    if (alpn !== 'h2') {
      socket.destroy();
      return { kind: 'http2', connection: build({ end: endOf('left', now()) }), http2: { alpn } };
    }
    const answer = await http2Exchange(request, socket);
    const head = headEvidence(
      { ...described(answer), httpVersion: '2.0', tls },
      isEventStream(described(answer)) ? 'events' : undefined,
      now(),
    );
    return { kind: 'http2', connection: build({ head, end: endOf('left', now()) }), http2: { alpn } };
  } catch (error) {
    const code = codeOf(error);
    const end = controller.signal.aborted ? endOf('left', now()) : endOf('failed', now(), code);
    const http2 = alpn === undefined ? undefined : { alpn, error: http2ErrorOf(error) };
    return { kind: 'http2', connection: build({ end }), http2 };
  } finally {
    clearTimeout(timer);
    means.signal.removeEventListener('abort', abort);
    abort();
  }
}

function described({ status, headers }: Http2Head) {
  const types = typesOf(headers);
  const encoding = headers.filter(([name]) => name === 'content-encoding').map(([, value]) => value);
  return { status, headers, contentType: mimeTypeOf(types), charset: charsetOf(types), encoding: encoding.join(', ') };
}

function endOf(cause: 'left' | 'failed', at: number, code?: string): NonNullable<ConnectionEvidence['end']> {
  return { at, cause, ...(code !== undefined && { code }), unfinished: false };
}

function codeOf(error: unknown): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

function connectionEvidence(
  request: StreamRequest,
  found: Found & Pick<ConnectionEvidence, 'requestedAt'>,
): ConnectionEvidence {
  return {
    number: 1,
    request: requestEvidence(request, ''),
    redirects: [],
    received: { chunks: 0, bytes: 0 },
    chunks: [],
    eventCount: 0,
    events: [],
    types: [],
    text: new TextNotes(0).snapshot(),
    ...found,
  };
}
