import { isIP } from 'node:net';
import { bareHost } from './bareHost';

/**
 * Returns the name that a URL's server is asked for, and has to have a certificate for, as option `servername` of TLS; empty
 * for an IP address. Without it, Node takes the name of a Host header, which may be any.
 */
export function serverName({ hostname }: URL): string {
  return isIP(bareHost(hostname)) === 0 ? hostname : '';
}
