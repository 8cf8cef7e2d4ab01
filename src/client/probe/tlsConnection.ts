import { once } from 'node:events';
import type { Agent } from 'node:https';
import { connect, TLSSocket } from 'node:tls';
import type { FindProxy } from '../http/proxy/requestProxy';
import { bareHost } from '../http/tls/bareHost';
import { serverName } from '../http/tls/serverName';

/** Protocols that browsers offer (RFC 7301), the preferred one first. */
const PROTOCOLS = ['h2', 'http/1.1'];

export interface TlsOptions {
  /** Whether to accept any certificate. */
  insecure: boolean;
  signal: AbortSignal;
  /** Finds the proxy. Default: none, it goes to its server. */
  proxyFor?: FindProxy | undefined;
}

/** Connects to a server as browsers do, which prefer HTTP/2. Rejects with a system error, also if the signal is aborted. */
export async function tlsConnection(target: URL, { insecure, signal, proxyFor }: TlsOptions): Promise<TLSSocket> {
  const proxy = proxyFor && (await proxyFor(target, signal));
  signal.throwIfAborted();
  const host = bareHost(target.hostname);
  const options = {
    host,
    port: Number(target.port || 443),
    servername: serverName(target),
    ALPNProtocols: PROTOCOLS,
    rejectUnauthorized: !insecure,
  };
  // The proxy of an https: URL is an agent that makes tunnels.
  const socket = proxy ? await tunnelled(proxy.agent as Agent, options) : connect(options);
  // Errors may come right behind the handshake, before anybody else listens: unheard, they would end the process.
  socket.on('error', () => {});
  const close = () => socket.destroy(new Error('The request was aborted.'));
  if (signal.aborted) close();
  signal.addEventListener('abort', close, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', close));
  await once(socket, 'secureConnect');
  return socket;
}

function tunnelled(agent: Agent, options: { host: string; port: number }): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    agent.createConnection(options, (error, stream) => {
      if (stream instanceof TLSSocket) resolve(stream);
      else reject(error ?? new Error('The proxy made no tunnel.'));
    });
  });
}
