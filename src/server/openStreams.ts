import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Turns } from '../turns/turns';
import type { IdleSockets } from './guard/idleSockets';
import { Connection } from './http/connection';
import { ExclusiveStream } from './http/exclusiveStream';
import { settledWithin } from './http/settledWithin';
import type { Play } from './source';

/** Time that clients that don't read get to take their stream's end, in milliseconds. */
const CLOSE_GRACE = 250;

export interface OpenStreamsOptions {
  /** Makes `/event?panel=TOKEN.N` the panel's own stream, which always fits. Default: none is. */
  panelToken?: string;
  /** Sockets without a stream; one is theirs again when its stream has ended. */
  idle: IdleSockets;
  /** Called when a stream was opened; it is counted already. */
  onOpen(connection: Connection): void;
  /** Called when a stream has ended, whoever ended it; it is counted no more. */
  onClose(connection: Connection): void;
}

/** The streams of a server that are open. */
export class OpenStreams {
  /** The panel's own, which counts as none of those that `maxConnections` limits. */
  readonly exclusive: ExclusiveStream;
  readonly #options: OpenStreamsOptions;
  readonly #all = new Set<Connection>();

  constructor(options: OpenStreamsOptions) {
    this.#options = options;
    this.exclusive = new ExclusiveStream(options.panelToken);
  }

  get count(): number {
    return this.#all.size;
  }

  /** The number of streams without the panel's own. */
  get countOfOthers(): number {
    return this.#all.size - (this.exclusive.isOpen ? 1 : 0);
  }

  /** Opens a stream and plays on it. @param response its head is written @param attempt the panel's, for its own stream */
  open(request: IncomingMessage, response: ServerResponse, play: Play, attempt: number | undefined): void {
    const { socket } = request;
    const { idle, onOpen, onClose } = this.#options;
    const connection = new Connection(request, response, () => {
      this.#all.delete(connection);
      this.exclusive.closed(connection);
      idle.add(socket);
      onClose(connection);
    });
    idle.delete(socket);
    socket.setTimeout(0);
    this.#all.add(connection);
    if (attempt !== undefined) this.exclusive.open(connection, attempt);
    connection.start(play);
    onOpen(connection);
  }

  /** Ends every stream. Resolves when all clients have taken their end, or after 250 ms. */
  async endAll(turns: Turns): Promise<void> {
    const ends: Promise<void>[] = [];
    for (const connection of this.#all) turns.add(() => ends.push(connection.end()));
    await turns.next();
    await settledWithin(Promise.all(ends), CLOSE_GRACE);
  }
}
