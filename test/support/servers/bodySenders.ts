// Clients in a process of their own that send bodies, or requests, without waiting.
import { runScript } from '../programs/clientProcess';

/** Clients that send a head, and after it the same piece repeatedly, and then report that they have finished. */
const SENDERS = `
  const [port, count, head, line, lines, times] = process.argv.slice(1);
  const piece = line.repeat(Number(lines));
  let left = Number(count);
  for (let n = 0; n < Number(count); n += 1) {
    const socket = require('node:net').connect(Number(port), '127.0.0.1');
    const done = () => --left === 0 && process.send('done');
    socket.on('error', () => socket.destroy()).once('close', done).resume();
    socket.write(head);
    let sent = 0;
    const send = () => {
      while (sent < Number(times) && !socket.destroyed) {
        sent += 1;
        if (sent === 2) process.send('sends');
        if (!socket.write(piece)) return socket.once('drain', send);
      }
    };
    send();
  }
`;
export const CHUNKED = 'Host: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n';
/** A chunk of one byte. */
export const TINY = '1\r\nx\r\n';

/** Starts clients that send the head, and after it a piece of a number of lines, a number of times. */
export function sendAll(port: number, count: number, head: string, line: string, lines: number, times: number) {
  return runScript(SENDERS, port, count, head, line, lines, times);
}
