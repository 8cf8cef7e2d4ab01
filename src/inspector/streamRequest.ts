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

/** Whether it may be the name of a method or of a header (RFC 9110 §5.6.2 "Tokens"). */
export function isToken(text: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(text);
}
