import type { IncomingMessage } from 'node:http';
import { splitTarget } from '../http/requestTarget';
import type { Refusal } from '../source';

/** Maximum length of a reported path, and of a reported User-Agent, in UTF-16 code units. */
const MAX_TEXT = 300;

/** Beginning of a malformed query, which an app has appended to the path without `?`. */
const QUERY = /[&;#]|%(?:3f|26|3b|23)/i;

/** A request whose response was an error, as shown to the user. All its texts except the reason come from the client. */
export interface RefusedRequest {
  method: string;
  /** The path, up to 300 characters, without the query or anything like one, which may contain a secret. */
  path: string;
  status: number;
  /** The sentence in the response; empty if it had none. */
  reason: string;
  /** Address and port of the client. */
  remote: string;
  /** The client's User-Agent, up to 300 characters; empty if it sends none. */
  userAgent: string;
}

export function refusedRequest(request: IncomingMessage, { status, reason = '' }: Refusal): RefusedRequest {
  const { method = '', url = '/', headers, socket } = request;
  const { remoteAddress = 'unknown', remotePort } = socket;
  return {
    method,
    path: pathOf(url),
    status,
    reason,
    remote: remotePort === undefined ? remoteAddress : `${remoteAddress}:${remotePort}`,
    userAgent: (headers['user-agent'] ?? '').slice(0, MAX_TEXT),
  };
}

/** Returns the path of a request's target, as far as it is shown: without the query, or anything like one. */
export function pathOf(target: string): string {
  return splitTarget(target).path.split(QUERY, 1)[0]?.slice(0, MAX_TEXT) ?? '';
}
