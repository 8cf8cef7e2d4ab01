// Servers that send something else right behind the end of their TLS handshake.
import { readFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { http2Probe } from '../../../src/client/probe/http2Probe';
import { uncaught } from '../../support/programs/uncaught';
import { hostOf } from '../../support/servers/rawServer';

const [key, cert] = ['key', 'pem'].map((end) => readFileSync(`test/support/servers/localhost.${end}`));

/** Starts a server with that text behind its side of the handshake. */
async function serveSpoilt(text: string, protocol: string) {
  const server = createTlsServer({ key, cert, ALPNProtocols: [protocol] }).on('tlsClientError', () => {});
  await hostOf(server);
  const sockets = new Set<Socket>();
  const between = createServer((socket) => {
    const onward = connect((server.address() as AddressInfo).port, '127.0.0.1');
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket) && onward.destroy());
    onward.on('error', () => {}).once('close', () => socket.destroy());
    socket.pipe(onward);
    // In TLS 1.3, the first piece is all of its side.
    onward.once('data', (piece) => socket.write(Buffer.concat([piece, Buffer.from(text)])));
  });
  return { url: `https://${await hostOf(between)}/`, sockets };
}

test.each([['http/1.1'], ['h2']])('what is no TLS, behind a handshake for %s, ends no process', async (protocol) => {
  const errors = uncaught();
  const { url, sockets } = await serveSpoilt('no TLS at all', protocol);
  const { signal } = new AbortController();
  const { http2 } = await http2Probe({ method: 'GET', url, headers: [], insecure: true }, { signal }, 5000, 0);
  expect(http2?.alpn).toBe(protocol);
  await expect.poll(() => sockets.size).toBe(0);
  expect(errors).toEqual([]);
});
