import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ReadingLimit } from '../turns/readingLimit';
import type { Turns } from '../turns/turns';
import type { IdleSockets } from './guard/idleSockets';
import { Connection } from './http/connection';
import { ExclusiveStream } from './http/exclusiveStream';
import { hasBody } from './http/requestHeader';
import { settledWithin } from './settledWithin';
import type { Play } from './source';

/** Time that clients have to read the end of their streams when the server closes, in milliseconds. */
const CLOSE_GRACE = 250;

export interface OpenStreamsOptions {
  /** Token that makes `/event?panel=TOKEN.N` the panel's own stream, which no limit applies to. Default: no such stream. */
  panelToken?: string;
  /** The sockets without a stream; a socket is returned to them when its stream has ended. */
  idle: IdleSockets;
  /** The limit on the time for which the sockets are read: a stream's is quiet. */
  reading: ReadingLimit;
  /** Called when a stream was opened and counted. */
  onOpen(connection: Connection): void;
  /** Called when a stream has ended, by either side, and is no longer counted. */
  onClose(connection: Connection): void;
}

/** The open streams of a server. */
export class OpenStreams {
  /** The panel's own stream, which doesn't count towards `maxConnections`. */
  readonly exclusive: ExclusiveStream;
  readonly #options: OpenStreamsOptions;
  readonly #all = new Set<Connection>();
  /** Timers of the streams whose heads are delayed. */
  readonly #delayed = new Set<NodeJS.Timeout>();

  constructor(options: OpenStreamsOptions) {
    this.#options = options;
    this.exclusive = new ExclusiveStream(options.panelToken);
  }

  get count(): number {
    return this.#all.size;
  }

  /** Number of streams without the panel's own, with those whose heads are delayed. */
  get countOfOthers(): number {
    return this.#all.size + this.#delayed.size - (this.exclusive.isOpen ? 1 : 0);
  }

  /**
   * Opens a stream and plays on it.
   * @param response with its head written
   * @param attempt number of the panel's attempt; undefined for a stream that isn't the panel's own
   */
  open(request: IncomingMessage, response: ServerResponse, play: Play, attempt: number | undefined): void {
    const { socket } = request;
    const { idle, reading, onOpen, onClose } = this.#options;
    const connection = new Connection(request, response, () => {
      this.#all.delete(connection);
      this.exclusive.closed(connection);
      idle.add(socket);
      reading.setQuiet(socket, false);
      onClose(connection);
    });
    idle.delete(socket);
    reading.setQuiet(socket, request.complete || !hasBody(request));
    socket.setTimeout(0);
    this.#all.add(connection);
    if (attempt !== undefined) this.exclusive.open(connection, attempt);
    connection.start(play);
    onOpen(connection);
  }

  /** Opens a stream after a delay, in milliseconds, unless its client leaves, or the server is closed. */
  openAfter(delay: number, { socket }: IncomingMessage, response: ServerResponse, open: () => void): void {
    if (delay <= 0) {
      open();
      return;
    }
    const { idle } = this.#options;
    idle.delete(socket);
    socket.setTimeout(0);
    const timer = setTimeout(() => {
      this.#delayed.delete(timer);
      response.off('close', onClose);
      open();
    }, delay);
    const onClose = () => {
      clearTimeout(timer);
      this.#delayed.delete(timer);
    };
    this.#delayed.add(timer);
    response.once('close', onClose);
  }

  /** Ends all streams. Resolves when all clients have read to the end, or after 250 ms. */
  async endAll(turns: Turns): Promise<void> {
    // Their sockets are closed with the server.
    for (const timer of this.#delayed) clearTimeout(timer);
    this.#delayed.clear();
    const ends: Promise<void>[] = [];
    for (const connection of this.#all) turns.add(() => ends.push(connection.end()));
    await turns.next();
    await settledWithin(Promise.all(ends), CLOSE_GRACE);
  }
}
