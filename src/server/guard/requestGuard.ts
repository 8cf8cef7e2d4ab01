import type { IncomingMessage } from 'node:http';
import { quote } from '../http/quote';
import { allowedOrigins } from './allowedOrigins';

/** What the guard says of a request: why it is refused, or which origin may read the answer (none: no page asked). */
export type Verdict = { refusal: string; origin?: undefined } | { refusal?: undefined; origin: string | undefined };

/** Maximum number of a request's headers: in 16 KB there may be thousands, each of which takes some 100 bytes more. */
const MAX_HEADERS = 100;
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/;

/**
 * Decides who may ask. The server can be reached by each website in the user's browser: a `Host` that isn't ours is DNS
 * rebinding, an `Origin` that isn't allowed is another site's page, and where a page doesn't send its origin, Fetch
 * Metadata tells (W3C "Fetch Metadata Request Headers" §2). Programs that are no browser, curl for one, send none of it.
 */
export class RequestGuard {
  readonly #isAllowed: (origin: string) => boolean;
  readonly #advice: string;
  #panelOrigin: string | undefined;
  #authority: string | undefined;

  /**
   * @param origins whose pages may read the server, as `allowedOrigins` takes them
   * @param advice how to let others read. Default: nothing is said
   */
  constructor(origins: readonly string[], advice = '') {
    this.#isAllowed = allowedOrigins(origins);
    this.#advice = advice;
  }

  /**
   * Lets the panel's page ask, too; it takes the place of the one before.
   * @param origin as in an `Origin` header; `null`, which any sandboxed page sends, allows no one
   */
  allowPanel(origin: string): void {
    this.#panelOrigin = origin === 'null' ? undefined : origin;
  }

  /**
   * Lets requests come under the address that VS Code has resolved for the user's side, too; it takes the place of the one before.
   * @param authority host and port as in a `Host` header
   */
  allowAuthority(authority: string): void {
    this.#authority = authority.toLowerCase();
  }

  check(request: IncomingMessage): Verdict {
    if (hasManyHeaders(request)) return refuse(`The request has more than ${MAX_HEADERS} headers.`);
    const { 'host': hosts = [], 'origin': origins = [], 'sec-fetch-site': sites = [] } = request.headersDistinct;
    // In absolute-form the target names the host, too, and overrules the header (RFC 9112 §3.2.2).
    const target = /^https?:\/\/(?:[^/?#]*@)?([^/?#]*)/i.exec(request.url ?? '')?.[1];
    const foreign = [...hosts, ...(target === undefined ? [] : [target])].find((host) => !this.#isOurs(host));
    if (foreign !== undefined)
      return refuse(`The Host ${quote(foreign)} is not this server’s. ${proxyAdvice(request)}`);
    // (None at all, as only HTTP/1.0 allows, is no browser's.)
    if (hosts.length > 1) return refuse('There is more than one Host.');

    const [origin] = origins;
    if (origin !== undefined) {
      if (origins.length === 1 && this.#mayRead(origin, hosts[0])) return { origin };
      return refuse(`Pages of ${quote(origins.join(', '))} may not read this server. ${this.#advice}`);
    }
    const fromUs = sites.every((site) => site === 'same-origin' || site === 'none');
    if (fromUs || isFollowedLink(request)) return { origin: undefined };
    return refuse('A page of another site may not use this server.');
  }

  #isOurs(host: string): boolean {
    const authority = host.toLowerCase();
    return LOOPBACK.test(authority) || authority === this.#authority;
  }

  /** @param host the `Host` header, which is ours: the page that has it in its address is our own */
  #mayRead(origin: string, host: string | undefined): boolean {
    const own = host === undefined ? [] : [`http://${host.toLowerCase()}`, `https://${host.toLowerCase()}`];
    return own.includes(origin) || origin === this.#panelOrigin || this.#isAllowed(origin);
  }
}

export function hasManyHeaders({ rawHeaders }: IncomingMessage): boolean {
  // Names and values, in turn.
  return rawHeaders.length > 2 * MAX_HEADERS;
}

/** Whether a person follows a link of another site to our page: nothing of it can be seen by that site. */
function isFollowedLink({ url, headers }: IncomingMessage): boolean {
  return url === '/' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

/** Says which Host a proxy has to send: one that isn't told sends its own, or none. */
function proxyAdvice({ socket }: IncomingMessage): string {
  const own = `127.0.0.1:${socket.localPort ?? 'PORT'}`;
  return `Behind a proxy, have it send the Host ${own} (nginx: proxy_set_header Host ${own}; in Vite and webpack-dev-server: changeOrigin: true).`;
}

function refuse(reason: string): Verdict {
  return { refusal: `Refused. ${reason.trimEnd()}` };
}
