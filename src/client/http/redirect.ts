import { parsedUrl } from '../request/parsedUrl';
import { KnownValues, MAX_TEXT } from '../request/secrets/knownValues';
import { SearchBudget } from '../request/secrets/searchBudget';
import { hasSecret, hasSecretBody, isSecretHeader, type KnownSecrets, veiled } from '../request/secrets/secrets';
import type { StreamRequest } from '../request/streamRequest';

/** Maximum length of an address that is shown, in characters: with more no one can do anything. */
export const MAX_SHOWN = 2000;

/** What may be read for an address, and an id: it is done at one go, and the next redirect may be there. */
const MAX_READ = 128 * 1024;

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
  /** The request's secrets, as they were found when it went out. Default: they are looked for, at each redirect. */
  secret?: KnownSecrets | undefined;
}

/**
 * Tells which parts of a request hold secrets. What is known isn't looked for again: in a megabyte it takes a while, and
 * a redirect may lead to the next one, 20 times.
 */
class Held {
  readonly #known: KnownSecrets | undefined;
  readonly #headers: ReadonlySet<string>;
  readonly #values: KnownValues;
  readonly #budget: SearchBudget;

  constructor(known: KnownSecrets | undefined, values: KnownValues) {
    [this.#known, this.#headers, this.#values] = [known, new Set(known?.headers), values];
    this.#budget = new SearchBudget(known ? MAX_READ : undefined);
  }

  hasBody(body: string): boolean {
    return this.#known ? this.#known.body : hasSecretBody(body, this.#budget);
  }

  hasHeader([name, value]: [string, string]): boolean {
    const called = name.toLowerCase();
    if (this.#headers.has(called) || isSecretHeader(name)) return true;
    // An id came behind the others, from a server.
    return (!this.#known || called === 'last-event-id') && hasSecret(name, value, this.#budget);
  }

  /** Returns the address for eyes; of the part that isn't looked through, one character says that it is there. */
  veiled(url: string): string {
    return veiled(url.slice(0, MAX_TEXT + 1), undefined, this.#values, this.#budget).slice(0, MAX_SHOWN + 1);
  }
}

/**
 * The request that follows (Fetch §4.4 "HTTP-redirect fetch"). Secrets in headers stay with the origin that they were
 * meant for, as in browsers the Authorization.
 * @param values those of the secrets; of a chain of redirects all have the same
 * @throws {RedirectError}
 */
export function redirected(
  request: StreamRequest,
  { status, location, homes, secret }: RedirectTarget,
  values = new KnownValues(secret?.values ?? []),
): { request: StreamRequest; redirect: Redirect } {
  const from = new URL(request.url);
  const held = new Held(secret, values);
  const to = location === undefined ? undefined : parsedUrl(location, from.href);
  if (!to || !/^https?:$/.test(to.protocol))
    throw new RedirectError('location', `A redirect to ${location === undefined ? 'nowhere' : held.veiled(location)}.`);
  const sameOrigin = to.origin === from.origin;
  const shownUrl = held.veiled(to.href);
  // A fragment isn't sent; another server's page is no place for it either.
  if (to.hash === '' && sameOrigin) to.hash = from.hash;
  const post = request.method === 'POST' && (status === 301 || status === 302);
  const toGet = post || (status === 303 && request.method !== 'GET' && request.method !== 'HEAD');
  const body = toGet ? undefined : request.body;
  if (body !== undefined && !sameOrigin && !homes.includes(to.origin) && held.hasBody(body))
    throw new RedirectError('secret', `A redirect to ${to.origin} would take a secret there.`, to.origin);
  const staysBehind = new Set(sameOrigin ? [] : request.headers.filter((header) => held.hasHeader(header)));
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
