/** A request for a stream, as the user asks for it. */
export interface StreamRequest {
  method: string;
  /** With `http:` or `https:`. */
  url: string;
  /** Names and values, in the order in which they are sent. */
  headers: [name: string, value: string][];
  /** Sent as UTF-8. Default: none. */
  body?: string | undefined;
  /** The files that the body was read from, or is to be, in words. Default: none. */
  bodyFile?: string | undefined;
  /** Takes any TLS certificate, for this request only. */
  insecure: boolean;
}

/** Whether Node sends it as the value of a header: of the controls of ASCII it holds none but the tab; others are bytes of UTF-8. */
export function isHeaderValue(text: string): boolean {
  return !/[^\P{Cc}\t\x80-\x9f]/u.test(text);
}

/** Maximum size of a `Last-Event-ID` that is sent, in bytes: no server takes one that is larger than its headers may be. */
const MAX_LAST_EVENT_ID = 8000;

/** Whether the id of an event can be sent as `Last-Event-ID`; an empty one needn't be. */
export function isSendableId(id: string): boolean {
  return (
    id.length <= MAX_LAST_EVENT_ID && new TextEncoder().encode(id).length <= MAX_LAST_EVENT_ID && isHeaderValue(id)
  );
}

/** Whether it may be the name of a method or of a header (RFC 9110 §5.6.2 "Tokens"). */
export function isToken(text: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(text);
}

/** Returns the request without its `Last-Event-ID` headers, and the first of these; empty: there is none. */
export function withoutLastEventId(request: StreamRequest): { request: StreamRequest; lastEventId: string } {
  const isIt = ([name]: [string, string]) => name.toLowerCase() === 'last-event-id';
  const headers = request.headers.filter((header) => !isIt(header));
  return { request: { ...request, headers }, lastEventId: request.headers.find(isIt)?.[1] ?? '' };
}

/** Header of a request that doesn't say otherwise, as that of an EventSource (WHATWG HTML §9.2.2). */
export const ACCEPT: [name: string, value: string] = ['Accept', 'text/event-stream'];

/** Returns the request as another program is to send it: with what is added here to what it says. @param lastEventId empty: none */
export function asSent(asked: StreamRequest, lastEventId: string): StreamRequest {
  const { request } = withoutLastEventId(asked);
  const isGiven = request.headers.some(([name]) => name.toLowerCase() === 'accept');
  const headers = isGiven ? request.headers : [...request.headers, ACCEPT];
  return withLastEventId({ ...request, headers }, lastEventId);
}

/** Returns the request with the id, where it is one that can be sent. */
export function withLastEventId(request: StreamRequest, lastEventId: string): StreamRequest {
  if (lastEventId === '' || !isSendableId(lastEventId)) return request;
  return { ...request, headers: [...request.headers, ['Last-Event-ID', lastEventId]] };
}
