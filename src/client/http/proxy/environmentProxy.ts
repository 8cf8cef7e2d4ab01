import type { ClientRequest } from 'node:http';
import { parsedUrl } from '../../request/parsedUrl';
import { isExempt } from './noProxy';
import { ProxyError } from './proxyError';
import type { RequestProxy } from './requestProxy';

const VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'];

/**
 * Finds the proxy that the environment names for a URL: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, or the same in lower
 * case. VS Code has settings of its own for that, so the editor doesn't use this. See `FindProxy`.
 */
export async function environmentProxy(url: URL, signal: AbortSignal): Promise<RequestProxy | undefined> {
  if (isExempt(url, process.env['no_proxy'] || process.env['NO_PROXY'] || '')) return undefined;
  const { getProxyForUrl } = await import('proxy-from-env');
  const address = getProxyForUrl(url.origin);
  if (address === '') return undefined;
  const proxy = usable(address);
  // Loaded when they are needed: most have no proxy.
  if (url.protocol === 'https:')
    return { agent: new (await import('./tunnelAgent')).TunnelAgent(proxy, signal), watch: () => (error) => error };
  const { HttpProxyAgent } = await import('http-proxy-agent');
  // The agent's socket would listen to the signal until that is collected, and one signal serves all reconnects of a stream.
  const [own, abort] = [new AbortController(), () => own.abort()];
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  const watch = (request: ClientRequest) => {
    request.once('close', () => signal.removeEventListener('abort', abort));
    return watched(request, proxy, url);
  };
  return { agent: new HttpProxyAgent(proxy, { signal: own.signal }), watch };
}

/** Returns users and passwords of the proxies that the environment names: a proxy may repeat them in its responses. */
export function proxySecrets(): string[] {
  return VARIABLES.flatMap((name) => [name, name.toLowerCase()]).flatMap((name) => {
    const address = process.env[name] ?? '';
    // It may have no scheme, as in `me:secret@proxy:3128`: then that of the request is taken.
    const { username = '', password = '' } = parsedUrl(address.includes('://') ? address : `http://${address}`) ?? {};
    if (username + password === '' || !isEncoded(username + password)) return [];
    const [user, secret] = [decodeURIComponent(username), decodeURIComponent(password)];
    // A user alone is a token.
    return secret === '' ? [user] : [secret, `${user}:${secret}`];
  });
}

/** See `RequestProxy.watch`. */
function watched(request: ClientRequest, proxy: URL, url: URL): (error: Error) => Error {
  let isReached = false;
  request.once('proxyConnect', () => {
    isReached = true;
  });
  // The agent would take the host from a Host header, which may be another one.
  request.path = url.href.replace(/#.*/s, '');
  return (error) => (isReached || error.name === 'AbortError' ? error : ProxyError.unreached(proxy, error));
}

/** @throws {ProxyError} without the address, which may hold a password */
function usable(address: string): URL {
  const proxy = parsedUrl(address);
  if (!proxy || !/^https?:$/.test(proxy.protocol) || !isEncoded(proxy.username + proxy.password))
    throw new ProxyError(
      'The address of the proxy is not one of http: or https:. Correct HTTPS_PROXY, HTTP_PROXY or ALL_PROXY.',
      { isFutile: true },
    );
  return proxy;
}

/** Whether each percent sign of a user or a password begins a code. */
function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    // The error would hold the password.
    return false;
  }
}
