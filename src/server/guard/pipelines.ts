import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { hasManyHeaders } from './requestGuard';

/** Maximum number of answers of a connection that haven't gone out: each takes some 4 KB, and its request's head up to 50. */
const MAX_WAITING = 16;
/** And where a stream is among them, which may never end. */
const MAX_WITH_STREAM = 4;

/** The answers that haven't gone out, by their connections: a client may ask on without reading, or behind a stream. */
export class Pipelines {
  readonly #waiting = new WeakMap<Socket, number>();

  /**
   * Takes in an reply, before it is given.
   * @param hasStream whether a stream is open on its connection
   * @returns whether there are too many on it, or its request is too large to wait there
   */
  add(request: IncomingMessage, response: ServerResponse, hasStream: boolean): boolean {
    const { socket } = request;
    const count = this.#of(socket) + 1;
    this.#waiting.set(socket, count);
    response.once('finish', () => this.#waiting.set(socket, this.#of(socket) - 1));
    if (response.socket === null && hasManyHeaders(request)) return true;
    return count > (hasStream ? MAX_WITH_STREAM : MAX_WAITING);
  }

  #of(socket: Socket): number {
    return this.#waiting.get(socket) ?? 0;
  }
}
