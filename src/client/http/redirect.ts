import { parsedUrl } from '../request/parsedUrl';
import { KnownValues, MAX_TEXT } from '../request/secrets/knownValues';
import { SearchBudget } from '../request/secrets/searchBudget';
import { hasSecret, hasSecretBody, isSecretHeader, type KnownSecrets, veiled } from '../request/secrets/secrets';
import type { StreamRequest } from '../request/streamRequest';

/** Maximum length of a URL that is shown, in characters: a longer one is of no use to anyone. */
export const MAX_SHOWN = 2000;

/**
 * Maximum number of characters that are searched for secrets in a URL and an id: the search has no break, and the next
 * redirect may follow at once.
 */
const MAX_READ = 128 * 1024;

/** Names of headers that say something of the body. */
const OF_BODY = /^(?:content-.*|expect|trailer|transfer-encoding)$/i;

/** A redirect that was followed. */
export interface Redirect {
  status: number;
  /**
   * URL that the redirect leads to, with masks, without a fragment inherited from the request. Longer than `MAX_SHOWN` if
   * it was truncated.
   */
  url: string;
  /** Names of the headers that weren't sent on, because they are secrets of another origin. */
  withheld: string[];
  /** Whether it leads from `https:` to `http:`. */
  downgrade: boolean;
}

/** An error for a redirect that isn't followed. */
export class RedirectError extends Error {
  override readonly name = 'RedirectError';
  readonly code: 'loop' | 'location' | 'secret';
  /** Origin that the redirect leads to; only set for `secret`. */
  readonly origin: string | undefined;

  /**
   * @param code `loop`: there are too many redirects; `location`: there is no location, or it isn't http: or https:;
   *   `secret`: a secret in the body would be sent to another origin
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
  /** Origins that may receive a body with a secret. */
  homes: readonly string[];
  /** Secrets that were found in the request before it was sent. Default: each redirect searches for them. */
  secret?: KnownSecrets | undefined;
}

/**
 * A check of which parts of a request hold secrets. Known results aren't searched for again: in a megabyte that takes a
 * while, and one redirect may lead to the next, 20 times.
 */
class SecretCheck {
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
    // The id may be newer than the known secrets: it comes from a server.
    return (!this.#known || called === 'last-event-id') && hasSecret(name, value, this.#budget);
  }

  /** Returns the URL with masks; of a part that isn't searched, one character remains, as a sign that it is there. */
  veiled(url: string): string {
    return veiled(url.slice(0, MAX_TEXT + 1), undefined, this.#values, this.#budget).slice(0, MAX_SHOWN + 1);
  }
}

/**
 * Returns the request that follows (Fetch §4.4 "HTTP-redirect fetch"). Secret headers aren't sent to another origin, as
 * Authorization isn't by browsers.
 * @param values of the secrets; shared by a chain of redirects
 * @throws {RedirectError}
 */
export function redirected(
  request: StreamRequest,
  { status, location, homes, secret }: RedirectTarget,
  values = new KnownValues(secret?.values ?? []),
): { request: StreamRequest; redirect: Redirect } {
  const from = new URL(request.url);
  const check = new SecretCheck(secret, values);
  const to = location === undefined ? undefined : parsedUrl(location, from.href);
  if (!to || !/^https?:$/.test(to.protocol))
    throw new RedirectError(
      'location',
      `A redirect to ${location === undefined ? 'nowhere' : check.veiled(location)}.`,
    );
  const sameOrigin = to.origin === from.origin;
  const shownUrl = check.veiled(to.href);
  // A fragment is inherited within the same origin only, since it belongs to the page there. It is never sent.
  if (to.hash === '' && sameOrigin) to.hash = from.hash;
  const post = request.method === 'POST' && (status === 301 || status === 302);
  const toGet = post || (status === 303 && request.method !== 'GET' && request.method !== 'HEAD');
  const body = toGet ? undefined : request.body;
  if (body !== undefined && !sameOrigin && !homes.includes(to.origin) && check.hasBody(body))
    throw new RedirectError('secret', `A redirect to ${to.origin} would take a secret there.`, to.origin);
  const staysBehind = new Set(sameOrigin ? [] : request.headers.filter((header) => check.hasHeader(header)));
  const isDropped = ([name]: [string, string]) =>
    (toGet && OF_BODY.test(name)) || (!sameOrigin && name.toLowerCase() === 'host');
  const headers = request.headers.filter((header) => !staysBehind.has(header) && !isDropped(header));
  return {
    request: {
      ...request,
      url: to.href,
      headers,
      method: toGet ? 'GET' : request.method,
      body,
      // The user accepted any certificate for the first server only.
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
