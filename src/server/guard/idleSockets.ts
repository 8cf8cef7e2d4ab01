import type { Socket } from 'node:net';

/** Sockets without a stream, beside those that are about to open all the streams there may be. */
const MAX_OTHERS = 256;

/**
 * The sockets that carry no stream: they have not asked yet, or are done. There may be so many and no more, so that
 * those who connect and never ask keep no one out: the oldest is closed for the newest.
 */
export class IdleSockets {
  readonly #max: number;
  readonly #sockets = new Set<Socket>();

  /** @param maxStreams how many streams may be open */
  constructor(maxStreams: number) {
    this.#max = maxStreams + MAX_OTHERS;
  }

  /** Takes in a socket that was opened, or whose stream has ended. */
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

  /** Lets go of a socket that carries a stream now, or is closed. */
  delete(socket: Socket): void {
    this.#sockets.delete(socket);
  }
}
