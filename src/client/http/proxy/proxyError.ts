import { reasonOf } from '../../../text/reason';

/** An error for a request that the proxy kept from its server. Its message is a sentence, without user and password. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  /** Code; for a proxy that won't do at the next attempt either, one of those that are futile. */
  readonly code: 'ERR_PROXY' | 'ERR_INVALID_PROXY';

  constructor(message: string, { isFutile = false } = {}) {
    super(message);
    this.code = isFutile ? 'ERR_INVALID_PROXY' : 'ERR_PROXY';
  }

  /** Returns the error for a proxy that can't be reached, or doesn't speak as one. */
  static unreached({ host }: URL, error: Error & { code?: string }): ProxyError {
    const reason = error.code ?? reasonOf(error);
    return new ProxyError(`The proxy ${host} can’t be reached: ${reason}. Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.`);
  }
}
