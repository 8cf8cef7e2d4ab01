// Clients that do what they shouldn't, and what a server is like behind them.
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import { ownTimeOf } from '../time/ownTime';
import { ask, connectTo, eventually, startServer, type TestServer } from './testServer';

export const STREAM = 'GET /event?interval=10 HTTP/1.1\r\nHost: localhost\r\n\r\n';

/** Resolves with what 20 answers take of the processor, in milliseconds. */
function answerTime(url: string): Promise<number> {
  return ownTimeOf(() => inTurn(20, 1, async () => expect((await ask(url)).status).toBe(200)));
}

/** Expects that nothing was thrown, that nothing is left, and that the server answers as a new one does. */
export async function expectWell({ server, url, opened, closed, errors }: TestServer, figures: string): Promise<void> {
  await eventually(() => closed.length === opened.length);
  expect(server.connectionCount).toBe(0);
  expect(errors).toEqual([]);
  const other = await startServer();
  // The first time, code is compiled.
  await answerTime(other.url);
  const [wanted, time] = [await answerTime(other.url), await answerTime(url)];
  console.log(`${figures}; then 20 answers take ${time.toFixed(1)} ms, of a new server ${wanted.toFixed(1)} ms`);
  expect(time).toBeLessThan(5 * wanted + 20);
}

/** Does it for each number below `count`, so many at a time. */
export async function inTurn(count: number, atOnce: number, act: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/**
 * Sends bytes, and no more when there is no answer in 30 ms. Resolves with the answer's first line; with an empty one where
 * the server hangs up without one.
 */
export async function provoke(port: number, bytes: string): Promise<string> {
  const socket = await connectTo(port);
  const hangUp = setTimeout(() => socket.end(), 30);
  let line = '';
  socket.setEncoding('latin1').on('error', () => socket.destroy());
  socket.on('data', (chunk: string) => {
    line ||= chunk.split('\r\n')[0] ?? '';
    socket.destroy();
  });
  socket.write(bytes, 'latin1');
  await once(socket, 'close');
  clearTimeout(hangUp);
  return line;
}

/** Sockets that each send the bytes and stay, until the test is over. */
export async function connectMany(port: number, count: number, bytes = ''): Promise<Socket[]> {
  const sockets: Socket[] = [];
  onTestFinished(() => sockets.forEach((socket) => void socket.destroy()));
  await inTurn(count, 100, async () => {
    const socket = await connectTo(port);
    sockets.push(socket.on('error', () => socket.destroy()));
    socket.write(bytes);
  });
  return sockets;
}
