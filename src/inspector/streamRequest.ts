/** A request for a stream, as the user asks for it. */
export interface StreamRequest {
  method: string;
  /** With `http:` or `https:`. */
  url: string;
  /** Names and values, in the order in which they are sent. */
  headers: [name: string, value: string][];
  /** Sent as UTF-8. Default: none. */
  body?: string | undefined;
  /** Takes any TLS certificate, for this request only. */
  insecure: boolean;
}

/** Whether Node sends it as the value of a header: it holds no control character but the tab. */
export function isHeaderValue(text: string): boolean {
  return !/[^\P{Cc}\t]/u.test(text);
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
