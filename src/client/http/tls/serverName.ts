import { isIP } from 'node:net';

/**
 * Returns the name that a URL's server is asked for, and has to have a certificate for, as option `servername` of TLS; empty
 * for an IP address. Without it, Node takes the name of a Host header, which may be any.
 */
export function serverName({ hostname }: URL): string {
  return isIP(hostname.replace(/^\[(.*)\]$/, '$1')) === 0 ? hostname : '';
}
