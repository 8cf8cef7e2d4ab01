import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { hasManyHeaders } from './requestGuard';

/** Maximum number of pending responses of a connection: each takes some 4 KB, and its request's head up to 50 KB. */
const MAX_PENDING = 16;
/** Maximum number if a stream, which may never end, is among them. */
const MAX_WITH_STREAM = 4;

/** Counter of the pending responses of each connection: a client may send requests without reading, or behind a stream. */
export class Pipelines {
  readonly #pending = new WeakMap<Socket, number>();

  /**
   * Counts a response as pending.
   * @param hasStream whether a stream is open on its connection
   * @returns whether the connection has too many, or the request is too large to be queued
   */
  add(request: IncomingMessage, response: ServerResponse, hasStream: boolean): boolean {
    const { socket } = request;
    const count = this.#of(socket) + 1;
    this.#pending.set(socket, count);
    response.on('finish', () => this.#pending.set(socket, this.#of(socket) - 1));
    if (response.socket === null && hasManyHeaders(request)) return true;
    return count > (hasStream ? MAX_WITH_STREAM : MAX_PENDING);
  }

  #of(socket: Socket): number {
    return this.#pending.get(socket) ?? 0;
  }
}
