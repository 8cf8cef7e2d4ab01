import type { Socket } from 'node:net';

/** Number of sockets allowed without a stream, in addition to those for the maximum number of streams. */
const MAX_OTHERS = 256;

/**
 * The sockets that carry no stream: without a request yet, or with a finished one. Their number is capped. When the cap is
 * reached the oldest is closed, so idle clients cannot lock others out.
 */
export class IdleSockets {
  readonly #max: number;
  readonly #sockets = new Set<Socket>();

  /** @param maxStreams maximum number of open streams */
  constructor(maxStreams: number) {
    this.#max = maxStreams + MAX_OTHERS;
  }

  /** Adds a socket that was opened, or whose stream has ended. */
  add(socket: Socket): void {
    if (socket.destroyed) return;
    this.#sockets.add(socket);
    if (this.#sockets.size <= this.#max) return;
    const [oldest] = this.#sockets;
    oldest?.destroy();
    if (oldest) this.#sockets.delete(oldest);
  }

  has(socket: Socket): boolean {
    return this.#sockets.has(socket);
  }

  /** Removes a socket that carries a stream now, or is closed. */
  delete(socket: Socket): void {
    this.#sockets.delete(socket);
  }
}
