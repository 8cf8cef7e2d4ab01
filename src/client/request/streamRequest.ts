/** A request for a stream, as the user makes it. */
export interface StreamRequest {
  method: string;
  /** URL with `http:` or `https:`. */
  url: string;
  /** Names and values, in the order in which they are sent. */
  headers: [name: string, value: string][];
  /** Body, sent as UTF-8. Default: none. */
  body?: string | undefined;
  /** Description of the files that the body is read from. Default: none. */
  bodyFile?: string | undefined;
  /** Whether to accept any TLS certificate, for this request only. */
  insecure: boolean;
}

/**
 * Whether Node sends the text as a header's value: it allows no ASCII control character except the tab; other characters
 * are sent as UTF-8.
 */
export function isHeaderValue(text: string): boolean {
  return !/[^\P{Cc}\t\x80-\x9f]/u.test(text);
}

/** Maximum size of a `Last-Event-ID` that is sent, in bytes: servers limit headers to about that. */
const MAX_LAST_EVENT_ID = 8000;

/** Whether the id of an event can be sent as `Last-Event-ID`; an empty one needn't be. */
export function isSendableId(id: string): boolean {
  return (
    id.length <= MAX_LAST_EVENT_ID && new TextEncoder().encode(id).length <= MAX_LAST_EVENT_ID && isHeaderValue(id)
  );
}

/** Whether the text is a valid name of a method or a header (RFC 9110 §5.6.2 "Tokens"). */
export function isToken(text: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(text);
}

/** Returns the request without its `Last-Event-ID` headers, and the first of these; empty if there is none. */
export function withoutLastEventId(request: StreamRequest): { request: StreamRequest; lastEventId: string } {
  const isIt = ([name]: [string, string]) => name.toLowerCase() === 'last-event-id';
  const headers = request.headers.filter((header) => !isIt(header));
  return { request: { ...request, headers }, lastEventId: request.headers.find(isIt)?.[1] ?? '' };
}

/** Default Accept header, that of an EventSource (WHATWG HTML §9.2.2). */
export const ACCEPT: [name: string, value: string] = ['Accept', 'text/event-stream'];

/** Returns the request for another program to send, with the headers that we would add. @param lastEventId empty for none */
export function asSent(asked: StreamRequest, lastEventId: string): StreamRequest {
  const { request } = withoutLastEventId(asked);
  const isGiven = request.headers.some(([name]) => name.toLowerCase() === 'accept');
  const headers = isGiven ? request.headers : [...request.headers, ACCEPT];
  return withLastEventId({ ...request, headers }, lastEventId);
}

/** Returns the request with the id, if that can be sent. */
export function withLastEventId(request: StreamRequest, lastEventId: string): StreamRequest {
  if (lastEventId === '' || !isSendableId(lastEventId)) return request;
  return { ...request, headers: [...request.headers, ['Last-Event-ID', lastEventId]] };
}
