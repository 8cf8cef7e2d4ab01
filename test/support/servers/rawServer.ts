// Servers on raw TCP, for responses that no library would send.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Listens until the test is over. Resolves with the server's host and port. */
export async function hostOf(server: Server): Promise<string> {
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/**
 * Starts a server that responds to the first data on each connection.
 * @param answer text that is sent before the connection is ended, or a function that does both
 */
export async function serveRaw(answer: string | ((socket: Socket) => unknown)) {
  const asked: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (bytes) => {
      asked.push(bytes.toString('latin1'));
      if (typeof answer === 'string') socket.end(answer);
      else void answer(socket);
    });
  });
  return { url: `http://${await hostOf(server)}/`, asked };
}
