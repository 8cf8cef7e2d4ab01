import type { IncomingMessage } from 'node:http';
import { splitTarget } from '../http/requestTarget';
import type { Refusal } from '../source';

/** Maximum length of a path and of a client's name that is told, in UTF-16 code units. */
const MAX_TEXT = 300;

/** Where a query begins that an app has put together wrongly: behind a path without `?`. */
const QUERY = /[&;#]|%(?:3f|26|3b|23)/i;

/** A request that was answered with an error, for a person. All its texts but the reason are the client's. */
export interface RefusedRequest {
  method: string;
  /** Without the query, or what looks like one, which may hold a secret; cut at 300 characters. */
  path: string;
  status: number;
  /** A sentence, as the client was told; empty: it was told none. */
  reason: string;
  /** Address and port of the client. */
  remote: string;
  /** The client's own name (User-Agent), cut; empty: it has none. */
  userAgent: string;
}

export function refusedRequest(request: IncomingMessage, { status, reason = '' }: Refusal): RefusedRequest {
  const { method = '', url = '/', headers, socket } = request;
  const { remoteAddress = 'unknown', remotePort } = socket;
  return {
    method,
    path: splitTarget(url).path.split(QUERY, 1)[0]?.slice(0, MAX_TEXT) ?? '',
    status,
    reason,
    remote: remotePort === undefined ? remoteAddress : `${remoteAddress}:${remotePort}`,
    userAgent: (headers['user-agent'] ?? '').slice(0, MAX_TEXT),
  };
}
