import type { Condition } from './condition';

/** How requests for a script's stream are replied to, as the top of its file says. */
export interface ScriptReply {
  /** Path beside `/event` that the stream is on; undefined if there is none. */
  path: string | undefined;
  /** Whether a GET with `Last-Event-ID` resumes a stream that is begun by POST, as in MCP. */
  resumesByGet: boolean;
  /** Headers of the stream's response, in order. */
  headers: readonly (readonly [name: string, value: string])[];
  /** Time until the head of the response is sent, in milliseconds. */
  headDelay: number;
  unknownId: UnknownIdReply;
  /** Conditions on the request that must all hold for the script to answer it; none if it answers any. */
  when: readonly Condition[];
}

/**
 * The reply to a `Last-Event-ID` that a script doesn't have. `beginning`: the script from there; `resync`: the same, after
 * an event of that type.
 */
export type UnknownIdReply = 'beginning' | 'resync' | 204 | 409;

/** Maximum number of headers. */
export const MAX_HEADERS = 50;

/**
 * Headers that a script can't set: those of the connection and of its framing (RFC 9110 §7.6.1, RFC 9112 §6), those by which
 * a server says who may read it, and those that keep other sites' pages from misusing it.
 */
const FORBIDDEN =
  /^(?:access-control-.*|cross-origin-.*|connection|content-length|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|vary|referrer-policy|x-content-type-options|content-security-policy.*|refresh|clear-site-data|service-worker-allowed)$/i;

/** Whether a script may set the header. */
export function isAllowedHeader(name: string): boolean {
  return !FORBIDDEN.test(name);
}

/** Returns the reply of a script that says nothing of it. */
export function defaultReply(): ScriptReply {
  return { path: undefined, resumesByGet: false, headers: [], headDelay: 0, unknownId: 'beginning', when: [] };
}
