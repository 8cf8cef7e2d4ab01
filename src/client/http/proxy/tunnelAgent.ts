import { type ClientRequestArgs, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent, request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, connect } from 'node:tls';
import { bareHost } from '../tls/bareHost';
import { discard } from '../tls/discard';
import { serverName } from '../tls/serverName';
import { ProxyError } from './proxyError';

type Callback = (error: Error | null, stream: Duplex) => void;

/** Agent that reaches a server through a tunnel of a proxy (RFC 9110 §9.3.6). Node's parser bounds the proxy's response. */
export class TunnelAgent extends Agent {
  readonly #proxy: URL;
  readonly #signal: AbortSignal;

  /** @param signal of the request: an abort also closes a connection to the proxy that isn't open yet */
  constructor(proxy: URL, signal: AbortSignal) {
    super();
    [this.#proxy, this.#signal] = [proxy, signal];
  }

  /** Connects to the proxy, and through it to the server. The callback's error is one of the proxy. */
  override createConnection(options: ClientRequestArgs, callback?: Callback): undefined {
    // Node passes a callback, and calls it with no stream if there is an error.
    const done = callback as (error: Error | null, stream?: Duplex) => void;
    const asked = this.#ask(`${bracketed(String(options.host))}:${options.port}`);
    asked.once('connect', ({ statusCode = 0 }: IncomingMessage, socket: Socket, head: Buffer) => {
      const error = this.#errorOf(statusCode, head);
      if (error) discard(socket);
      if (error) done(error);
      else done(null, connect({ ...tlsOptions(options), socket }));
    });
    asked.once('error', (error) => done(error.name === 'AbortError' ? error : this.#unreached(error)));
    asked.end();
  }

  #ask(authority: string) {
    const { protocol, hostname, port, username, password } = this.#proxy;
    const user = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
    const options = {
      method: 'CONNECT',
      host: bareHost(hostname),
      port: port || (protocol === 'https:' ? 443 : 80),
      path: authority,
      headers: { Host: authority, ...(username + password !== '' && { 'Proxy-Authorization': `Basic ${user}` }) },
      agent: false,
      ALPNProtocols: ['http/1.1'],
      servername: serverName(this.#proxy),
      signal: this.#signal,
    };
    return protocol === 'https:' ? requestHttps(options) : requestHttp(options);
  }

  #errorOf(status: number, head: Buffer): ProxyError | undefined {
    const { host } = this.#proxy;
    if (status !== 200) {
      const advice =
        status === 407 ? 'Give its user and password in HTTPS_PROXY.' : 'Name the server in NO_PROXY to go without it.';
      return new ProxyError(`The proxy ${host} answered ${status}. ${advice}`, { isFutile: status < 500 });
    }
    // In TLS, servers speak second.
    return head.length === 0 ? undefined : this.#unreached(Object.assign(new Error(), { code: 'EPROTO' }));
  }

  #unreached(error: Error & { code?: string }): ProxyError {
    return ProxyError.unreached(this.#proxy, error);
  }
}

/** Returns the options of the connection to the server; its host is what the certificate of an IP address is checked for. */
function tlsOptions(options: ClientRequestArgs): ConnectionOptions {
  const { port: _port, path: _path, ...others } = options;
  return others as ConnectionOptions;
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
