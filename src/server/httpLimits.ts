/** Times in milliseconds, sizes in bytes. A request's headers may be as large as Node's default: browsers send each localhost cookie. */
export const HTTP_LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 2_000,
};
