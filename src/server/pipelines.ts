import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Maximum number of answers of a connection that haven't gone out: each takes some 4 KB. */
const MAX_WAITING = 16;

/** The answers that haven't gone out, by their connections: a client may ask on without reading, or behind a stream. */
export class Pipelines {
  readonly #waiting = new WeakMap<Socket, number>();

  /** Takes in an answer, before it is given. @returns whether there are too many on its connection */
  add(socket: Socket, response: ServerResponse): boolean {
    const count = this.#of(socket) + 1;
    this.#waiting.set(socket, count);
    response.once('finish', () => this.#waiting.set(socket, this.#of(socket) - 1));
    return count > MAX_WAITING;
  }

  #of(socket: Socket): number {
    return this.#waiting.get(socket) ?? 0;
  }
}
