// Servers whose TLS ends in the middle: behind a piece of theirs follows something else.
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { hostOf } from './rawServer';

const [key, cert] = ['key', 'pem'].map((end) => readFileSync(`test/support/servers/localhost.${end}`));
/** Number of the piece that ends the handshake on a server's side, in TLS 1.2; its answer is the next one. */
export const HANDSHAKE = 2;

/**
 * Starts a server of TLS 1.2 that answers the first data on each connection. Resolves with its host and its open sockets.
 * @param spoilt number of the piece that what is no TLS follows, from 1
 */
export async function serveSpoilt(spoilt: number, { protocol = 'http/1.1', answer = '' } = {}) {
  const server = createTlsServer({ key, cert, ALPNProtocols: [protocol], maxVersion: 'TLSv1.2' }, (socket) =>
    socket.on('error', () => {}).once('data', () => socket.write(answer)),
  );
  await hostOf(server.on('tlsClientError', () => {}));
  const sockets = new Set<Socket>();
  const between = createServer((socket) => {
    const onward = connect((server.address() as AddressInfo).port, '127.0.0.1');
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket) && onward.destroy());
    onward.on('error', () => {}).once('close', () => socket.destroy());
    socket.pipe(onward);
    let pieces = 0;
    onward.on('data', (piece) => {
      pieces += 1;
      socket.write(pieces === spoilt ? Buffer.concat([piece, Buffer.from('no TLS at all')]) : piece);
    });
  });
  return { host: await hostOf(between), sockets };
}
