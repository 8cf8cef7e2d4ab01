import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ReadingLimit } from '../turns/readingLimit';
import { HTTP_LIMITS, type HttpLimits } from './guard/httpLimits';
import { IdleSockets } from './guard/idleSockets';
import { Pipelines } from './guard/pipelines';
import { refusedRequest } from './guard/refusedRequest';
import { type Listening, type ListenOptions, listen } from './http/listening';
import { refuseConnect } from './http/reply';
import { OpenStreams, type OpenStreamsOptions } from './openStreams';
import { LandingPage } from './page/landingPage';
import { Bodies } from './publish/bodies';
import { RequestRouter, type RouterOptions } from './requestRouter';

export interface SseServerOptions extends RouterOptions, Omit<OpenStreamsOptions, 'idle' | 'reading'> {
  /** Returns the HTML of the page on `/`, when the server starts. */
  readPage(): Promise<string>;
  /** Limits that differ from `HTTP_LIMITS`. Default: none. */
  limits?: Partial<HttpLimits>;
}

/**
 * A server of an event stream on `/event` and a page that shows it on `/`, on the loopback interface. Can't be started
 * again after it was closed.
 */
export class SseServer {
  readonly #options: SseServerOptions;
  readonly #http: Server;
  readonly #idle: IdleSockets;
  readonly #pipelines = new Pipelines();
  readonly #reading: ReadingLimit;
  readonly #streams: OpenStreams;
  readonly #router: RequestRouter;
  #listening: Promise<Listening> | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: SseServerOptions) {
    this.#options = options;
    const limits = { ...HTTP_LIMITS, ...options.limits };
    this.#http = createServer(limits, (request, response) => this.#handle(request, response));
    this.#http.timeout = limits.timeout;
    this.#reading = new ReadingLimit(options.turns);
    this.#idle = new IdleSockets(options.maxConnections);
    this.#streams = new OpenStreams({ ...options, idle: this.#idle, reading: this.#reading });
    this.#router = new RequestRouter(options, this.#streams, new Bodies(this.#reading));
    // Route `Expect` requests through the guard, too; by default Node answers them itself.
    for (const event of ['checkContinue', 'checkExpectation'])
      this.#http.on(event, (request: IncomingMessage, response: ServerResponse) => this.#handle(request, response));
    // The one method that Node doesn't pass to the request handler.
    this.#http.on('connect', (request, socket) => {
      const refusal = { status: 405, reason: 'This server is not a proxy.' };
      options.onAnswer?.(request, refusal);
      options.onRefuse(refusedRequest(request, refusal));
      refuseConnect(socket);
    });
    this.#http.on('connection', (socket) => {
      this.#reading.add(socket);
      this.#idle.add(socket.on('close', () => this.#idle.delete(socket)));
    });
  }

  /** Number of open streams. */
  get connectionCount(): number {
    return this.#streams.count;
  }

  /**
   * Listens on the port or, if that is refused, on the next free one. To be called once.
   * @param port 0 to 65535; 0 stands for any free port
   * @throws {ServerClosedError} if `close` was called first; else the error of `readPage` or of the system
   * @throws {PortRefusedError} if the port is refused, with the option `exact`
   */
  listen(port: number, options?: ListenOptions): Promise<Listening> {
    this.#listening = this.#listen(port, options);
    return this.#listening;
  }

  /**
   * Ends all streams and their timers, and frees the port; clients that don't read are cut off after 250 ms.
   * Cancels a start in progress. May be called more than once.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #listen(wanted: number, options?: ListenOptions): Promise<Listening> {
    this.#router.page = new LandingPage(await this.#options.readPage());
    const listening = await listen(this.#http, wanted, () => this.#closing !== undefined, options);
    this.#http.on('error', this.#options.onError);
    return listening;
  }

  async #close(): Promise<void> {
    // A start in progress has to settle first: the socket that it is about to open is then known, and closed here.
    await Promise.allSettled([this.#listening]);
    // An error here means that the server never listened: there is nothing to free then.
    const freed = new Promise<void>((resolve) => this.#http.close(() => resolve()));
    // End the streams before closing the sockets: proxies forward the end of a response, but not a closed socket.
    await this.#streams.endAll(this.#options.turns);
    this.#http.closeAllConnections();
    await freed;
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    this.#reading.note(socket);
    // Up to 2,000 pipelined requests are read at once: disconnect a client with too many, or if they have taken too long.
    const isFull = this.#pipelines.add(request, response, !this.#idle.has(socket));
    if (isFull || (response.socket === null && this.#reading.isTooMuch)) socket.destroy();
    if (socket.destroyed) return;
    response.on('error', this.#options.onError);
    this.#router.handle(request, response);
  }
}
