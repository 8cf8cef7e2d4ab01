import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ReadingLimit } from '../turns/readingLimit';
import type { Turns } from '../turns/turns';
import { fullServer } from './guard/fullServer';
import { HTTP_LIMITS, type HttpLimits } from './guard/httpLimits';
import { IdleSockets } from './guard/idleSockets';
import { Pipelines } from './guard/pipelines';
import { type RefusedRequest, refusedRequest } from './guard/refusedRequest';
import type { RequestGuard } from './guard/requestGuard';
import { Connection, type Play, STREAM_HEADERS } from './http/connection';
import { PanelStream } from './http/exclusiveStream';
import { Page } from './http/landingPage';
import { readLastEventId } from './http/lastEventId';
import { type Listening, listen } from './http/listening';
import { methodAdvice, methodsOf, pageMethods, streamMethod } from './http/methods';
import { Answer, preflightHeaders, refuseConnect } from './http/reply';
import { splitTarget } from './http/requestTarget';
import { settledWithin } from './http/settledWithin';
import { Bodies, MAX_SKIPPED } from './publish/bodies';
import type { Publisher } from './publish/publisher';
import type { StreamSource } from './source';

/** How long `close` lets clients that don't read take their stream's end, in milliseconds. */
const CLOSE_GRACE = 250;

export interface SseServerOptions {
  /** The HTML file served on `/`, read when the server starts. */
  pageFile: string;
  /** What `/event` streams, and what is published there and on `/publish`. */
  source: StreamSource;
  /** Who may ask. */
  guard: RequestGuard;
  /** Those of all servers of the process: together they leave others their turn. */
  turns: Turns;
  /** How many streams may be open, the panel's not counted; the next is answered with 503. */
  maxConnections: number;
  /** What differs from the limits of its requests. Default: nothing. */
  limits?: Partial<HttpLimits>;
  /** Makes `/event?panel=TOKEN.N` the panel's own stream, which always fits: that of the highest N. Default: none is. */
  panelToken?: string;
  /** A stream was opened; it is counted in `connectionCount` already. */
  onOpen(connection: Connection): void;
  /** A stream ended, whoever ended it; it is counted no more. */
  onClose(connection: Connection): void;
  /** How to open more streams, for who is refused one. Default: nothing is said. */
  connectionsAdvice?: string;
  /** A request was answered with an error. */
  onRefuse(request: RefusedRequest): void;
  /** Something failed that must not end the process: a request's handler, or accepting a connection. */
  onError(error: unknown): void;
}

/** Serves an event stream on `/event` and a page that shows it on `/`, on the loopback interface. Serves once: closed, it stays closed. */
export class SseServer {
  readonly #options: SseServerOptions;
  readonly #http: Server;
  readonly #idle: IdleSockets;
  readonly #pipelines = new Pipelines();
  readonly #limit: ReadingLimit;
  readonly #bodies: Bodies;
  readonly #publisher: Publisher | undefined;
  readonly #streams = new Set<Connection>();
  readonly #panelStream: PanelStream;
  #page = new Page('');
  #listening: Promise<Listening> | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: SseServerOptions) {
    this.#options = options;
    const limits = { ...HTTP_LIMITS, ...options.limits };
    this.#http = createServer(limits, (request, response) => this.#handle(request, response));
    this.#http.timeout = limits.timeout;
    this.#panelStream = new PanelStream(options.panelToken);
    this.#limit = new ReadingLimit(options.turns);
    this.#bodies = new Bodies(this.#limit);
    this.#publisher = options.source.newPublisher?.(this.#bodies, options.turns);
    this.#idle = new IdleSockets(options.maxConnections);
    // Node would let these two in before the guard is asked.
    for (const event of ['checkContinue', 'checkExpectation'])
      this.#http.on(event, (request: IncomingMessage, response: ServerResponse) => this.#handle(request, response));
    // The one method that Node doesn't pass to the request handler.
    this.#http.on('connect', (request, socket) => {
      options.onRefuse(refusedRequest(request, { status: 405, reason: 'This server is not a proxy.' }));
      refuseConnect(socket);
    });
    this.#http.on('connection', (socket) => {
      this.#limit.add(socket);
      this.#idle.add(socket.once('close', () => this.#idle.delete(socket)));
    });
  }

  /** How many streams are open. */
  get connectionCount(): number {
    return this.#streams.size;
  }

  /**
   * Listens on the port, or where that is refused on the next free one. To be called once.
   * @param port 0 to 65535; 0 stands for any free one
   * @throws {ServerClosedError} when `close` was called first; else what the page's file or the system says
   */
  listen(port: number): Promise<Listening> {
    this.#listening = this.#listen(port);
    return this.#listening;
  }

  /**
   * Ends every stream and its timer and frees the port; clients that don't read are cut off after 250 ms.
   * While starting, it cancels the start. Twice is fine.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #listen(wanted: number): Promise<Listening> {
    this.#page = await Page.read(this.#options.pageFile);
    const listening = await listen(this.#http, wanted, () => this.#closing !== undefined);
    this.#http.on('error', this.#options.onError);
    return listening;
  }

  async #close(): Promise<void> {
    // A start under way has to settle first: the socket it is about to open is then known, and closed here.
    await Promise.allSettled([this.#listening]);
    // The error it may call back with says that it never listened: nothing to free then.
    const freed = new Promise<void>((resolve) => this.#http.close(() => resolve()));
    // The ends go out before the sockets go: proxies pass on the one, not the other.
    const ends: Promise<void>[] = [];
    for (const connection of this.#streams) this.#options.turns.add(() => ends.push(connection.end()));
    await this.#options.turns.next();
    await settledWithin(Promise.all(ends), CLOSE_GRACE);
    this.#http.closeAllConnections();
    await freed;
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    this.#limit.note(socket);
    // Up to 2,000 requests are read at one go: who doesn't wait for answers, or has taken so long with them, is hung up on.
    const isFull = this.#pipelines.add(request, response, !this.#idle.has(socket));
    if (isFull || (response.socket === null && this.#limit.isTooMuch)) socket.destroy();
    if (socket.destroyed) return;
    response.on('error', this.#options.onError);
    try {
      const { refusal, origin } = this.#options.guard.check(request);
      const answer = this.#answer(request, response, origin);
      if (refusal === undefined) {
        this.#route(request, response, answer);
      } else {
        this.#bodies.skip(request);
        answer.refuse({ status: 403, reason: refusal }, { Connection: 'close' });
      }
    } catch (error) {
      this.#fail(request, response, error);
    }
  }

  #answer(request: IncomingMessage, response: ServerResponse, origin?: string): Answer {
    return new Answer(response, {
      origin,
      onRefuse: (refusal) => this.#options.onRefuse(refusedRequest(request, refusal)),
    });
  }

  #route(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
    const { path, query } = splitTarget(request.url ?? '/');
    const { method = '', headers } = request;
    const { source } = this.#options;
    const methods = methodsOf(path, source);
    const wanted = headers['access-control-request-method'];
    const isPublication = method === 'POST' && (path === '/publish' || streamMethod(source) === 'GET');
    if (this.#publisher && isPublication && methods.includes('POST')) {
      this.#publisher
        .take(request, response, answer, query)
        .catch((error: unknown) => this.#fail(request, response, error));
      return;
    }
    this.#bodies.skip(request);
    if (Number(headers['content-length'] ?? 0) > MAX_SKIPPED) {
      answer.refuse({ status: 413, reason: `A body may have ${MAX_SKIPPED} bytes.` }, { Connection: 'close' });
    } else if (methods.length === 0) {
      answer.refuse({ status: 404, reason: 'Not found: the stream is on /event, the page on /.' });
    } else if (headers.upgrade !== undefined && headers.upgrade !== 'h2c') {
      // Java's HTTP client offers h2c with each request: to answer in HTTP/1.1 is to decline (RFC 9110 §7.8).
      answer.refuse({ status: 400, reason: 'Upgrade not supported: /event is a plain HTTP event stream.' });
    } else if (method === 'OPTIONS' && headers.origin && wanted && path !== '/publish') {
      answer.head(204, preflightHeaders(pageMethods(path, source), headers['access-control-request-headers'])).end();
    } else if (!methods.includes(method)) {
      answer.refuse({ status: 405, reason: methodAdvice(path, source) }, { Allow: methods.join(', ') });
    } else if (path === '/') {
      answer.send(200, this.#page.for(streamMethod(source), source.eventTypes), this.#page.headers);
    } else {
      this.#stream(request, response, answer, query);
    }
  }

  #stream(request: IncomingMessage, response: ServerResponse, answer: Answer, query: string): void {
    const { source, maxConnections } = this.#options;
    const attempt = this.#panelStream.readAttempt(query);
    const isPanel = attempt !== undefined;
    // Node joins a header that is given more than once, so that this is never an array.
    const header = request.headers['last-event-id'] as string | undefined;
    const { lastEventId, query: options } = readLastEventId(header, isPanel ? '' : query);
    const opened = source.openStream(options, lastEventId, request.method === 'HEAD');
    const others = this.#streams.size - (this.#panelStream.isOpen ? 1 : 0);
    if (opened.play === undefined) {
      answer.refuse(opened);
    } else if (isPanel && this.#panelStream.isLate(attempt)) {
      // What came after it must not end for it.
      answer.refuse({ status: 409, reason: 'The panel has made a newer attempt.' });
    } else if (!isPanel && others >= maxConnections) {
      answer.refuse(fullServer(maxConnections, this.#options.connectionsAdvice));
    } else if (request.method === 'HEAD') {
      answer.head(200, STREAM_HEADERS).end();
    } else if (response.socket) {
      this.#open(request, answer, opened.play, attempt);
    } else {
      // Pipelined behind an answer that isn't finished, and a stream's never is. Node 20 wouldn't say when it's over.
      answer.refuse({
        status: 400,
        reason: 'A stream needs its own connection; it can’t be pipelined behind another request.',
      });
    }
  }

  #open(request: IncomingMessage, answer: Answer, play: Play, attempt: number | undefined): void {
    const { socket } = request;
    const connection = new Connection(request, answer.head(200, STREAM_HEADERS), () => {
      this.#streams.delete(connection);
      this.#panelStream.closed(connection);
      this.#idle.add(socket);
      this.#options.onClose(connection);
    });
    this.#idle.delete(socket);
    socket.setTimeout(0);
    this.#streams.add(connection);
    if (attempt !== undefined) this.#panelStream.open(connection, attempt);
    connection.start(play);
    this.#options.onOpen(connection);
  }

  #fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    this.#options.onError(error);
    if (response.headersSent) response.destroy();
    else this.#answer(request, response).refuse({ status: 500, reason: 'Internal error. See the log.' });
  }
}
