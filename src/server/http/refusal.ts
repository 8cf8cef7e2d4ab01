/** Answer in place of a stream. 204: nothing more to come, an EventSource then stops for good (WHATWG HTML §9.2.3). */
export interface Refusal {
  status: number;
  play?: undefined;
  /** A sentence for the client. Default: no body. */
  reason?: string;
  /** When it may come again, in seconds. Default: not said. */
  retryAfter?: number | undefined;
}
