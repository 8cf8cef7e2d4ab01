/** Origin of an http or https URL, without a user's name and password, and its path. */
const URL_PARTS = /^(https?:\/\/)(?:[^/?#\\]*@)?([^/?#\\@]+)([^?#]*)/i;

/** Returns the origin of an http or https URL, in lower case; undefined if it is none. */
export function originOf(url: string): string | undefined {
  const [, scheme, host] = URL_PARTS.exec(url) ?? [];
  return scheme && host && `${scheme}${host}`.toLowerCase();
}

/** Returns the path of an http or https URL, without its query; empty if there is none. */
export function pathOf(url: string): string {
  return URL_PARTS.exec(url)?.[3] ?? '';
}

/** Whether a browser trusts what comes from that origin without TLS: it is this machine. */
export function isLoopback(origin: string): boolean {
  return /^https?:\/\/(?:localhost|[^/]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i.test(origin);
}
