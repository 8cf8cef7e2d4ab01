/**
 * Limits of requests, in Node's options: times in milliseconds, sizes in bytes. The header size is Node's default, because
 * browsers send the cookies of all servers on localhost.
 */
export interface HttpLimits {
  maxHeaderSize: number;
  /** Time for the headers to be received. */
  headersTimeout: number;
  /** Time for the whole request to be received. */
  requestTimeout: number;
  /** Time after which a connection without a further request is closed. */
  keepAliveTimeout: number;
  /** Time after which an inactive connection is closed, because its client doesn't read a response; not for streams. */
  timeout: number;
  /** Interval at which the first two timeouts are checked. */
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
