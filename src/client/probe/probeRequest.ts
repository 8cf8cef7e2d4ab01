import { redirected } from '../http/redirect';
import type { KnownSecrets } from '../request/secrets/secrets';
import type { StreamRequest } from '../request/streamRequest';

/** Content codings that browsers accept; those that can't be read here aren't asked for. */
export const BROWSER_CODINGS = 'gzip, deflate, br, zstd';

/** Returns the request with another value of a header, which it may have or not. */
export function withHeader(request: StreamRequest, name: string, value: string): StreamRequest {
  return { ...request, headers: [...withoutHeader(request, name).headers, [name, value]] };
}

export function withoutHeader(request: StreamRequest, name: string): StreamRequest {
  return { ...request, headers: request.headers.filter(([given]) => given.toLowerCase() !== name.toLowerCase()) };
}

/** Returns the request as a page on another origin makes it without `withCredentials`: with its origin, and without a cookie. */
export function fromOrigin(request: StreamRequest, origin: string): StreamRequest {
  return withHeader(withoutHeader(request, 'cookie'), 'Origin', origin);
}

/**
 * Returns the request to another address of the same stream; undefined if it would take a secret in its body to another origin. Its
 * secret headers stay behind there, as with a redirect.
 */
export function toAddress(
  request: StreamRequest,
  address: string,
  secret: KnownSecrets | undefined,
): StreamRequest | undefined {
  const homes = [new URL(request.url).origin];
  try {
    return redirected(request, { status: 307, location: address, homes, secret }).request;
  } catch {
    return undefined;
  }
}
