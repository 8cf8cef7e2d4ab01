/**
 * Limits of a request, as Node takes them: times in milliseconds, sizes in bytes. Its headers may be as large as Node's
 * default: browsers send each localhost cookie.
 */
export interface HttpLimits {
  maxHeaderSize: number;
  /** For its headers to come. */
  headersTimeout: number;
  /** For all of it to come. */
  requestTimeout: number;
  /** Until a connection is closed on which nothing more is asked for. */
  keepAliveTimeout: number;
  /** Until a connection is closed on which nothing moves, but for a stream's: its client leaves an answer unread. */
  timeout: number;
  /** So often the first two are looked at. */
  connectionsCheckingInterval: number;
}

export const HTTP_LIMITS: HttpLimits = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  timeout: 30_000,
  connectionsCheckingInterval: 2_000,
};
