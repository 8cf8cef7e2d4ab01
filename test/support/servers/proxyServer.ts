import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, request as requestHttp } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { onTestFinished, vi } from 'vitest';

/** A proxy that finds each name on this machine, as names are looked up by the proxy. */
export interface ProxyServer {
  /** Host and port. */
  host: string;
  /** First lines of the requests. */
  asked: string[];
  /** Values of `Proxy-Authorization`; undefined if a request had none. */
  credentials: (string | undefined)[];
  /** Sockets to it that are open. */
  sockets: Set<Duplex>;
}

/**
 * Starts a proxy, which is closed when the test is over.
 * @param refusal status of its response to each request, in place of a connection; 0: it never responds. Default: none
 * @param secure whether it speaks TLS, with a certificate of its own for `localhost`. Default: false
 */
export async function startProxy(refusal?: number, secure = false): Promise<ProxyServer> {
  const proxy: ProxyServer = { host: '', asked: [], credentials: [], sockets: new Set() };
  const note = ({ method, url, headers }: IncomingMessage) => {
    proxy.asked.push(`${method} ${url}`);
    proxy.credentials.push(headers['proxy-authorization']);
  };
  const listener: RequestListener = (asked, answer) => {
    note(asked);
    if (refusal !== undefined) return void (refusal > 0 && answer.writeHead(refusal).end());
    const { port, pathname, search } = new URL(asked.url ?? '');
    const { method, headers } = asked;
    const onward = requestHttp({ port, host: '127.0.0.1', path: pathname + search, method, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 0, response.headers);
      response.pipe(answer);
    });
    answer.once('close', () => onward.destroy());
    asked.pipe(onward.on('error', () => answer.destroy()));
  };
  const [key, cert] = ['key', 'pem'].map((end) => readFileSync(`test/support/servers/localhost.${end}`));
  const server = secure ? createTlsServer({ key, cert }, listener) : createServer(listener);
  server.on('connect', (asked: IncomingMessage, socket: Duplex) => {
    note(asked);
    // Read, since the end of one that isn't read goes unnoticed.
    if (refusal === 0) return void socket.resume().once('end', () => socket.destroy());
    if (refusal !== undefined) return void socket.end(`HTTP/1.1 ${refusal} No\r\n\r\n`);
    const onward = connect(Number(/:(\d+)$/.exec(asked.url ?? '')?.[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    for (const one of [socket, onward]) one.on('error', () => one.destroy());
    socket.once('close', () => onward.destroy());
    onward.once('close', () => socket.destroy());
  });
  server.on('connection', (socket: Socket) => {
    proxy.sockets.add(socket);
    socket.once('close', () => proxy.sockets.delete(socket));
  });
  onTestFinished(() => {
    for (const socket of proxy.sockets) socket.destroy();
    server.close();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  proxy.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return proxy;
}

/** Sets the variables that name proxies until the test is over; all others of them are empty. */
export function setProxies(variables: Record<string, string>): void {
  onTestFinished(() => void vi.unstubAllEnvs());
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'])
    for (const one of [name, name.toLowerCase()]) vi.stubEnv(one, undefined);
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}
