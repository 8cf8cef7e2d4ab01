import { BlockList, isIP } from 'node:net';
import { bareHost } from '../tls/bareHost';

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/**
 * Whether a list as in NO_PROXY names the server of a URL, by curl's rules: a domain stands for all names in it, an address
 * may have the size of its network (`10.0.0.0/8`), both a port.
 */
export function isExempt({ protocol, hostname, port }: URL, list: string): boolean {
  const server = { host: bare(hostname), port: port === '' ? DEFAULT_PORTS[protocol] : Number(port) };
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => isNamed(server, entry));
}

function isNamed({ host, port }: { host: string; port: number | undefined }, entry: string): boolean {
  if (entry === '*') return true;
  // IPv6 without brackets, whose last part isn't a port.
  if (isNetwork(entry)) return isIn(host, entry);
  const [, name = '', onPort] = /^(\[.*\]|[^:]*)(?::(\d{1,5}))?$/.exec(entry) ?? [];
  if (onPort !== undefined && Number(onPort) !== port) return false;
  const domain = bare(name.replace(/^\*?\./, ''));
  if (isIP(host) !== 0) return isIn(host, domain);
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}

/** Returns a host without the brackets of IPv6, and without the dot behind a name. */
function bare(host: string): string {
  return bareHost(host).replace(/\.$/, '');
}

function isNetwork(text: string): boolean {
  return isIP(text.split('/', 1)[0] ?? '') !== 0;
}

function isIn(host: string, network: string): boolean {
  const [address = '', size] = network.split('/');
  const version = isIP(address);
  if (version === 0 || version !== isIP(host)) return false;
  const largest = version === 4 ? 32 : 128;
  const bits = size === undefined ? largest : /^\d{1,3}$/.test(size) ? Number(size) : Number.NaN;
  if (!(bits <= largest)) return false;
  const addresses = new BlockList();
  addresses.addSubnet(address, bits, version === 4 ? 'ipv4' : 'ipv6');
  return addresses.check(host, version === 4 ? 'ipv4' : 'ipv6');
}
