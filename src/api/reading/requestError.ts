/** An error for a request that can't be made as it is given: its message says which part is wrong, and what to do. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
}
