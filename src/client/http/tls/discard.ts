import type { Socket } from 'node:net';

/**
 * Closes a socket that nobody listens to. What came on it behind the last message may be no TLS: unheard, that error would
 * end the process.
 */
export function discard(socket: Socket): void {
  socket.on('error', () => {}).destroy();
}
