import { hasSecret, hasSecretBody, type KnownSecrets, veiled } from './secrets';
import type { StreamRequest } from './streamRequest';

/** Maximum length of an address that is shown, in characters: with more no one can do anything. */
export const MAX_SHOWN = 2000;

/** A redirect that was followed. */
export interface Redirect {
  status: number;
  /** Where it leads, with masks, without a fragment that the request had before. Where it is cut, it is longer than `MAX_SHOWN`. */
  url: string;
  /** Names of the headers that stayed behind, since they are secrets of another origin. */
  withheld: string[];
  /** From `https:` to `http:`. */
  downgrade: boolean;
}

/** A redirect that isn't followed. */
export class RedirectError extends Error {
  override readonly name = 'RedirectError';
  readonly code: 'loop' | 'location' | 'secret';
  /** For `secret`, the origin that it leads to. */
  readonly origin: string | undefined;

  /**
   * @param code `loop`: there are too many; `location`: it doesn't say where to, or not to http: or https:; `secret`: it
   *   would take a secret in the body to another origin
   */
  constructor(code: 'loop' | 'location' | 'secret', message: string, origin?: string) {
    super(message);
    this.code = code;
    this.origin = origin;
  }
}

export interface RedirectTarget {
  status: number;
  location: string | undefined;
  /** Origins that may have a body with a secret. */
  homes: readonly string[];
  /** The request's secrets. Default: they are looked for in the body, at each redirect. */
  secret?: KnownSecrets | undefined;
}

/** In a megabyte it takes a while to look for them, and a redirect may lead to the next one, 20 times. */
function hasSecretIn(body: string, known: KnownSecrets | undefined): boolean {
  return known === undefined ? hasSecretBody(body) : known.body;
}

/**
 * The request that follows (Fetch §4.4 "HTTP-redirect fetch"). Secrets in headers stay with the origin that they were
 * meant for, as in browsers the Authorization.
 * @throws {RedirectError}
 */
export function redirected(
  request: StreamRequest,
  { status, location, homes, secret }: RedirectTarget,
): { request: StreamRequest; redirect: Redirect } {
  const from = new URL(request.url);
  const shown = (url: string) => veiled(url, undefined, secret?.values).slice(0, MAX_SHOWN + 1);
  const to = location !== undefined && URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (!to || !/^https?:$/.test(to.protocol))
    throw new RedirectError('location', `A redirect to ${location === undefined ? 'nowhere' : shown(location)}.`);
  const sameOrigin = to.origin === from.origin;
  const shownUrl = shown(to.href);
  // A fragment isn't sent; another server's page is no place for it either.
  if (to.hash === '' && sameOrigin) to.hash = from.hash;
  const post = request.method === 'POST' && (status === 301 || status === 302);
  const toGet = post || (status === 303 && request.method !== 'GET' && request.method !== 'HEAD');
  const body = toGet ? undefined : request.body;
  if (body !== undefined && !sameOrigin && !homes.includes(to.origin) && hasSecretIn(body, secret))
    throw new RedirectError('secret', `A redirect to ${to.origin} would take a secret there.`, to.origin);
  const secretHeaders = new Set(secret?.headers);
  const staysBehind = new Set(
    request.headers.filter(
      ([name, value]) => !sameOrigin && (secretHeaders.has(name.toLowerCase()) || hasSecret(name, value)),
    ),
  );
  const isDropped = ([name]: [string, string]) =>
    (toGet && /^content-/i.test(name)) || (!sameOrigin && name.toLowerCase() === 'host');
  const headers = request.headers.filter((header) => !staysBehind.has(header) && !isDropped(header));
  return {
    request: {
      ...request,
      url: to.href,
      headers,
      method: toGet ? 'GET' : request.method,
      body,
      // Meant for the server that the user named.
      insecure: request.insecure && sameOrigin,
    },
    redirect: {
      status,
      url: shownUrl,
      withheld: [...new Set([...staysBehind].map(([name]) => name))],
      downgrade: from.protocol === 'https:' && to.protocol === 'http:',
    },
  };
}
