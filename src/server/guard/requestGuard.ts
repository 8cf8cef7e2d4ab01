import type { IncomingMessage } from 'node:http';
import { quote } from '../http/quote';
import { headerValues } from '../http/requestHeader';
import { allowedOrigins } from './allowedOrigins';

/** The guard's decision: why the request is refused, or the origin that may read the response (undefined if no page's). */
export type Verdict = { refusal: string; origin?: undefined } | { refusal?: undefined; origin: string | undefined };

/** Maximum number of a request's headers: 16 KB may contain thousands, each of which takes some 100 bytes more. */
const MAX_HEADERS = 100;
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/;

/**
 * A guard that decides which requests are let in. Every website in the user's browser can reach the server: a foreign `Host`
 * is DNS rebinding, an `Origin` that isn't allowed is another site's page, and if a page sends no origin, Fetch Metadata
 * shows where it comes from (W3C "Fetch Metadata Request Headers" §2). Programs such as curl send none of these.
 */
export class RequestGuard {
  readonly #isAllowed: (origin: string) => boolean;
  readonly #advice: string;
  #extraOrigin: string | undefined;
  #authority: string | undefined;

  /**
   * @param origins whose pages may read the server, in the format of `allowedOrigins`
   * @param advice a sentence for refused clients that says how to allow other origins. Default: none
   */
  constructor(origins: readonly string[], advice = '') {
    this.#isAllowed = allowedOrigins(origins);
    this.#advice = advice;
  }

  /**
   * Lets the pages of one more origin in; replaces the previous one.
   * @param origin as in an `Origin` header; `null`, which any sandboxed page sends, lets no page in
   */
  allowOrigin(origin: string): void {
    this.#extraOrigin = origin === 'null' ? undefined : origin;
  }

  /**
   * Lets in requests to one more address that leads here, such as that of a forwarded port; replaces the previous one.
   * @param authority host and port as in a `Host` header
   */
  allowAuthority(authority: string): void {
    this.#authority = authority.toLowerCase();
  }

  check(request: IncomingMessage): Verdict {
    if (hasManyHeaders(request)) return refuse(`The request has more than ${MAX_HEADERS} headers.`);
    const [hosts, origins] = [headerValues(request, 'host'), headerValues(request, 'origin')];
    // In absolute-form, the target contains the host, too, and overrides the header (RFC 9112 §3.2.2).
    const target = /^https?:\/\/(?:[^/?#]*@)?([^/?#]*)/i.exec(request.url ?? '')?.[1];
    const foreign = [...hosts, ...(target === undefined ? [] : [target])].find((host) => !this.#isOurs(host));
    if (foreign !== undefined)
      return refuse(`The Host ${quote(foreign)} is not this server’s. ${proxyAdvice(request)}`);
    // (A request without Host, which only HTTP/1.0 allows, doesn't come from a browser.)
    if (hosts.length > 1) return refuse('There is more than one Host.');

    const [origin] = origins;
    if (origin !== undefined) {
      if (origins.length === 1 && this.#mayRead(origin, hosts[0])) return { origin };
      return refuse(`Pages of ${quote(origins.join(', '))} may not read this server. ${this.#advice}`);
    }
    const fromUs = headerValues(request, 'sec-fetch-site').every((site) => site === 'same-origin' || site === 'none');
    if (fromUs || isFollowedLink(request)) return { origin: undefined };
    return refuse('A page of another site may not use this server.');
  }

  #isOurs(host: string): boolean {
    const authority = host.toLowerCase();
    return LOOPBACK.test(authority) || authority === this.#authority;
  }

  /** Whether pages of the origin may read the server. @param host our own `Host`: a page with this address is ours */
  #mayRead(origin: string, host: string | undefined): boolean {
    const own = host === undefined ? [] : [`http://${host.toLowerCase()}`, `https://${host.toLowerCase()}`];
    return own.includes(origin) || origin === this.#extraOrigin || this.#isAllowed(origin);
  }
}

export function hasManyHeaders({ rawHeaders }: IncomingMessage): boolean {
  // Names and values alternate.
  return rawHeaders.length > 2 * MAX_HEADERS;
}

/** Whether the user follows another site's link to our page: that site can't read the response. */
function isFollowedLink({ url, headers }: IncomingMessage): boolean {
  return url === '/' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

/** Returns a sentence with the Host that a proxy has to send: by default, proxies send their own, or none. */
function proxyAdvice({ socket }: IncomingMessage): string {
  const own = `127.0.0.1:${socket.localPort ?? 'PORT'}`;
  return `Behind a proxy, have it send the Host ${own} (nginx: proxy_set_header Host ${own}; in Vite and webpack-dev-server: changeOrigin: true).`;
}

function refuse(reason: string): Verdict {
  return { refusal: `Refused. ${reason.trimEnd()}` };
}
