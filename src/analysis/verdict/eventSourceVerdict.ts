import { addedHeaders, isForEventSource } from '../evidence/browserHeaders';
import { type CorsFault, corsFault, sendsCookies } from '../evidence/corsCheck';
import type { ConnectionEvidence, Evidence, HeadEvidence } from '../evidence/evidence';
import { isLoopback, originOf } from '../evidence/originOf';

/**
 * A reason for which a browser's EventSource doesn't read a stream. `request`: it can't make such a one · `mixed`: a page on
 * https may not ask on http · `response`: there is none yet, or none came · `status`, `type`, `charset`: the response is
 * refused · `cors`: a page of that origin may not read it · `credentials`: not with cookies.
 */
export interface Reason {
  kind: 'request' | 'mixed' | 'response' | 'status' | 'type' | 'charset' | 'cors' | 'credentials';
  /** Its text or number, from outside: such as the status, the type, or the headers; empty for none. */
  value: string;
  /** Whether only a request with that origin could tell, and none was made. */
  unsure?: boolean | undefined;
}

/** A verdict on a stream. */
export interface Verdict {
  origin: string;
  /** Whether it reads the stream. */
  reads: boolean;
  /** All reasons why not, the gravest first; empty if it reads it. */
  reasons: Reason[];
}

/** A connection that was answered. */
type Answered = ConnectionEvidence & { head: HeadEvidence };

/** Tells whether a browser's EventSource would read the stream. @param origin of the page, such as `http://localhost:5173` */
export function eventSourceVerdict(evidence: Evidence, origin: string): Verdict {
  const page = originOf(origin) ?? origin.toLowerCase();
  const connection = evidence.connections.findLast(({ head }) => head) ?? evidence.connections.at(-1);
  const reasons = connection ? reasonsOf(evidence, connection, page) : [{ kind: 'response' as const, value: '' }];
  return { origin: page, reads: reasons.length === 0, reasons };
}

function reasonsOf(evidence: Evidence, connection: ConnectionEvidence, origin: string): Reason[] {
  const before = [...requestReasons(connection), ...mixedReasons(connection, origin)];
  if (!isAnswered(connection)) return [...before, { kind: 'response', value: connection.end?.code ?? '' }];
  return [...before, ...headReasons(connection), ...originReasons(evidence, connection, origin)];
}

function requestReasons({ request }: ConnectionEvidence): Reason[] {
  if (isForEventSource(request)) return [];
  if (request.method !== 'GET') return [{ kind: 'request', value: request.method }];
  return [{ kind: 'request', value: request.hasBody ? '' : addedHeaders(request).slice(0, 5).join(', ') }];
}

/** A page on https may ask on http only of its own machine (W3C Mixed Content). */
function mixedReasons({ request, redirects }: ConnectionEvidence, origin: string): Reason[] {
  if (!origin.startsWith('https:')) return [];
  const ways = [request.origin, ...redirects.map(({ url }) => originOf(url) ?? '')];
  const plain = ways.find((way) => way.startsWith('http:') && !isLoopback(way));
  return plain === undefined ? [] : [{ kind: 'mixed', value: plain }];
}

function headReasons({ head }: Answered): Reason[] {
  const { status, contentType, charset = '' } = head;
  if (status !== 200) return [{ kind: 'status', value: `${status}` }];
  if (contentType !== 'text/event-stream') return [{ kind: 'type', value: contentType }];
  return /^(?:utf-8)?$/i.test(charset) ? [] : [{ kind: 'charset', value: charset }];
}

function originReasons({ probes }: Evidence, connection: Answered, origin: string): Reason[] {
  if (isSameOrigin(connection, origin)) return [];
  // A preflight's response isn't the stream's.
  const own = probes.filter(({ kind }) => kind !== 'preflight');
  const probed = own.map(({ connection }) => connection).filter(isAnswered);
  const asked = [connection, ...probed].findLast(({ request }) => request.fromOrigin === origin);
  // The probe has no cookie: if it got the stream, none is needed.
  const needsCookies = sendsCookies(connection.request) && (asked === undefined || !isStream(asked));
  const { head } = asked ?? connection;
  const fault = corsFault(head, origin, needsCookies);
  return fault ? [{ ...reasonOf(fault, head), ...(asked === undefined && { unsure: true }) }] : [];
}

function reasonOf(fault: CorsFault, { headers }: HeadEvidence): Reason {
  const kind = fault === 'wildcard' || fault === 'credentials' ? 'credentials' : 'cors';
  const allowed = headers.filter(([name]) => name.toLowerCase() === 'access-control-allow-origin');
  return { kind, value: allowed.map(([, value]) => value).join(', ') };
}

/** Whether the page's origin is that of the stream and of each redirect to it. */
function isSameOrigin({ request, redirects }: ConnectionEvidence, origin: string): boolean {
  return [request.origin, ...redirects.map(({ url }) => originOf(url))].every((way) => way === origin);
}

function isStream({ head }: Answered): boolean {
  return head.status === 200 && head.contentType === 'text/event-stream';
}

function isAnswered(connection: ConnectionEvidence): connection is Answered {
  return connection.head !== undefined;
}
