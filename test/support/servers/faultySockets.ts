// Clients that misbehave, and checks of the server after them.
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import { ownTimeOf } from '../time/ownTime';
import { ask, connectTo, eventually, startServer, type TestServer } from './testServer';

export const STREAM = 'GET /event?interval=10 HTTP/1.1\r\nHost: localhost\r\n\r\n';

/** Resolves with the CPU time of 20 responses, in milliseconds. */
function answerTime(url: string): Promise<number> {
  return ownTimeOf(() => inTurn(20, 1, async () => expect((await ask(url)).status).toBe(200)));
}

/** Expects no errors and no open streams, and that the server responds as fast as a new one. */
export async function expectWell({ server, url, opened, closed, errors }: TestServer, figures: string): Promise<void> {
  await eventually(() => closed.length === opened.length);
  expect(server.connectionCount).toBe(0);
  expect(errors).toEqual([]);
  const other = await startServer();
  // Warm-up: the code is compiled the first time.
  await answerTime(other.url);
  const [wanted, time] = [await answerTime(other.url), await answerTime(url)];
  console.log(`${figures}; then 20 answers take ${time.toFixed(1)} ms, of a new server ${wanted.toFixed(1)} ms`);
  expect(time).toBeLessThan(5 * wanted + 20);
}

/** Runs an action for each number below `count`, with at most `atOnce` at a time. */
export async function inTurn(count: number, atOnce: number, act: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/**
 * Sends bytes, and ends the sending if there is no response within 30 ms. Resolves with the response's first line; an empty
 * one if the server disconnects without a response.
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

/** Opens sockets that send the bytes and stay open until the test is over. */
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
