import type { ClientRequest } from 'node:http';
import { reasonOf } from '../../../text/reason';
import { parsedUrl } from '../../request/parsedUrl';
import { ProxyError } from './proxyError';
import type { RequestProxy } from './requestProxy';

/**
 * Finds the proxy that the environment names for a URL: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, or the same in lower
 * case. VS Code has settings of its own for that, so the editor doesn't use this. See `FindProxy`.
 */
export async function environmentProxy(url: URL, signal: AbortSignal): Promise<RequestProxy | undefined> {
  const { getProxyForUrl } = await import('proxy-from-env');
  const address = getProxyForUrl(url.origin);
  if (address === '') return undefined;
  const proxy = usable(address);
  // Loaded when they are needed: most have no proxy. The signal also ends a connection that the proxy doesn't answer.
  const agent =
    url.protocol === 'https:'
      ? new (await import('https-proxy-agent')).HttpsProxyAgent(proxy, { signal })
      : new (await import('http-proxy-agent')).HttpProxyAgent(proxy, { signal });
  return { agent, watch: (request, fail) => watched(request, { name: proxy.host, url, fail }) };
}

interface Watch {
  /** Host and port of the proxy. */
  name: string;
  url: URL;
  fail: (error: Error) => void;
}

/** See `RequestProxy.watch`. */
function watched(request: ClientRequest, { name, url, fail }: Watch): (error: Error) => Error {
  let isReached = false;
  request.once('proxyConnect', ({ statusCode = 200 }: { statusCode?: number }) => {
    isReached = true;
    // Without this, the refusal would pass for the server's response.
    if (statusCode !== 200) fail(refusal(name, statusCode));
  });
  // The agent would take the host from a Host header, which may be another one.
  if (url.protocol === 'http:') request.path = url.href.replace(/#.*/s, '');
  const isOther = (error: Error) => isReached || error instanceof ProxyError || error.name === 'AbortError';
  return (error) => (isOther(error) ? error : unreached(name, error));
}

function refusal(name: string, status: number): ProxyError {
  const advice =
    status === 407 ? 'Give its user and password in HTTPS_PROXY.' : 'Name the server in NO_PROXY to go without it.';
  return new ProxyError(`The proxy ${name} answered ${status}. ${advice}`, { isFutile: status < 500 });
}

function unreached(name: string, error: Error & { code?: string }): ProxyError {
  const reason = error.code ?? reasonOf(error);
  return new ProxyError(`The proxy ${name} can’t be reached: ${reason}. Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.`);
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
