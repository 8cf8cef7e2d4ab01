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
