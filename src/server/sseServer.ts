import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Answer, METHODS, PREFLIGHT_HEADERS } from './answer';
import { Connection, type Play, STREAM_HEADERS } from './connection';
import type { OpenStream } from './counter';
import { IdleSockets } from './idleSockets';
import { type Listening, listen } from './listening';
import { type Page, readPage } from './page';
import type { RequestGuard } from './requestGuard';

/** How long `close` lets clients that don't read take their stream's end, in milliseconds. */
const CLOSE_GRACE = 250;
/** Sockets without a stream, beside those that are about to open all the streams there may be. */
const MAX_IDLE_SOCKETS = 256;
/** When a client that was refused for want of room may come again, in seconds. */
const RETRY_AFTER = 5;

/** Times in milliseconds, sizes in bytes. A request's headers may be as large as Node's default: browsers send each localhost cookie. */
const HTTP_LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 2_000,
};

export interface SseServerOptions {
  /** The HTML file served on `/`, read when the server starts. */
  pageFile: string;
  /** What `/event` streams. */
  openStream: OpenStream;
  /** Who may ask. */
  guard: RequestGuard;
  /** How many streams may be open, the panel's not counted; the next is answered with 503. */
  maxConnections: number;
  /**
   * Makes `/event?panel=TOKEN.N` the panel's own stream: it always fits, and there is one, of the attempt with the highest
   * number N. Default: there is no panel.
   */
  panelToken?: string;
  /** A stream was opened; it is counted in `connectionCount` already. */
  onOpen(connection: Connection): void;
  /** A stream ended, whoever ended it; it is counted no more. */
  onClose(connection: Connection): void;
  /** A request was refused by the guard, and why. */
  onRefuse(reason: string): void;
  /** Something failed that must not end the process: a request's handler, or accepting a connection. */
  onError(error: unknown): void;
}

/** Serves an event stream on `/event` and a page that shows it on `/`, on the loopback interface. Serves once: closed, it stays closed. */
export class SseServer {
  readonly #options: SseServerOptions;
  readonly #http = createServer(HTTP_LIMITS, (request, response) => this.#handle(request, response));
  readonly #idle: IdleSockets;
  readonly #streams = new Set<Connection>();
  #panelStream: Connection | undefined;
  #panelAttempt = 0;
  #page: Page = { html: '', policy: '' };
  #listening: Promise<Listening> | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: SseServerOptions) {
    this.#options = options;
    this.#idle = new IdleSockets(options.maxConnections + MAX_IDLE_SOCKETS);
    // Node would let these two in before the guard is asked.
    for (const event of ['checkContinue', 'checkExpectation'])
      this.#http.on(event, (request: IncomingMessage, response: ServerResponse) => this.#handle(request, response));
    // The one method that Node doesn't pass to the request handler.
    this.#http.on('connect', (_request, socket) => refuseConnect(socket));
    this.#http.on('connection', (socket) => {
      this.#idle.add(socket);
      socket.once('close', () => this.#idle.delete(socket));
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
    this.#page = await readPage(this.#options.pageFile);
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
    const ended = Promise.all([...this.#streams].map((connection) => connection.end()));
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, CLOSE_GRACE);
    });
    await Promise.race([ended, grace]);
    clearTimeout(timer);
    this.#http.closeAllConnections();
    await freed;
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    response.on('error', this.#options.onError);
    try {
      const { refusal, origin } = this.#options.guard.check(request);
      const answer = new Answer(response, origin);
      if (refusal === undefined) {
        this.#route(request, response, answer);
      } else {
        answer.send(403, `${refusal}\n`);
        this.#options.onRefuse(refusal);
      }
    } catch (error) {
      this.#options.onError(error);
      if (response.headersSent) response.destroy();
      else new Answer(response, undefined).send(500, 'Internal error; the log has it.\n');
    }
  }

  #route(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
    const { path, query } = splitTarget(request.url ?? '/');
    const { method = '', headers } = request;
    if (path !== '/' && path !== '/event') {
      answer.send(404, 'Not found: the stream is on /event, the page on /.\n');
    } else if (headers.upgrade !== undefined && headers.upgrade !== 'h2c') {
      // Java's HTTP client offers h2c with each request: to answer in HTTP/1.1 is to decline (RFC 9110 §7.8).
      answer.send(400, 'No upgrade here, to WebSocket or else: the event stream on /event is plain HTTP.\n');
    } else if (method === 'OPTIONS' && headers.origin && headers['access-control-request-method']) {
      answer.head(204, PREFLIGHT_HEADERS).end();
    } else if (method !== 'GET' && method !== 'HEAD') {
      answer.send(405, `Method not allowed: ${METHODS} are.\n`, { Allow: METHODS });
    } else if (path === '/') {
      const page = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': this.#page.policy };
      answer.send(200, this.#page.html, page);
    } else {
      this.#stream(request, response, answer, query);
    }
  }

  #stream(request: IncomingMessage, response: ServerResponse, answer: Answer, query: string): void {
    const { openStream, maxConnections } = this.#options;
    const attempt = this.#readPanelAttempt(query);
    const isPanel = attempt !== undefined;
    // Node joins a header that is given more than once, so that this is never an array.
    const lastEventId = request.headers['last-event-id'] as string | undefined;
    const opened = openStream(isPanel ? '' : query, lastEventId);
    const others = this.#streams.size - (this.#panelStream ? 1 : 0);
    if (opened.status === 204) {
      answer.head(204).end();
    } else if (opened.status === 400) {
      answer.send(400, `${opened.reason}\n`);
    } else if (isPanel && attempt <= this.#panelAttempt) {
      // Given up by the page, and late: what came after it must not end for it.
      answer.send(409, 'The panel has made a newer attempt.\n');
    } else if (!isPanel && others >= maxConnections) {
      const reason = `As many streams are open as may be: ${maxConnections}. Come again, or allow for more.\n`;
      answer.send(503, reason, { 'Retry-After': RETRY_AFTER });
    } else if (request.method === 'HEAD') {
      answer.head(200, STREAM_HEADERS).end();
    } else if (response.socket) {
      this.#open(request, answer, opened.play, attempt);
    } else {
      // Pipelined behind an answer that isn't finished, and a stream's never is. Node 20 wouldn't say when it's over.
      answer.send(400, 'A stream needs a connection of its own: it can’t be pipelined behind another request.\n');
    }
  }

  /** The number of the panel's attempt, where the query asks for the panel's own stream. */
  #readPanelAttempt(query: string): number | undefined {
    const [, token, attempt] = /^panel=(.+)\.(\d{1,15})$/.exec(query) ?? [];
    return token !== undefined && token === this.#options.panelToken ? Number(attempt) : undefined;
  }

  #open(request: IncomingMessage, answer: Answer, play: Play, attempt: number | undefined): void {
    const { socket } = request;
    const connection = new Connection(request, answer.head(200, STREAM_HEADERS), () => {
      this.#streams.delete(connection);
      if (this.#panelStream === connection) this.#panelStream = undefined;
      this.#idle.add(socket);
      this.#options.onClose(connection);
    });
    this.#idle.delete(socket);
    this.#streams.add(connection);
    if (attempt !== undefined) {
      this.#panelAttempt = attempt;
      // A proxy may never tell that the panel's page has left the stream before.
      void this.#panelStream?.end();
      this.#panelStream = connection;
    }
    connection.start(play);
    this.#options.onOpen(connection);
  }
}

/** Such a socket is no longer the HTTP server's: what becomes of it is decided here. */
function refuseConnect(socket: Duplex): void {
  socket.on('error', () => socket.destroy());
  socket.write(`HTTP/1.1 405 Method Not Allowed\r\nAllow: ${METHODS}\r\nConnection: close\r\n\r\n`);
  // Not when it has been read: that may be never.
  socket.destroy();
}

/** Path and query of a request's target, in origin-form or absolute-form (RFC 9112 §3.2). Never throws, unlike `new URL`. */
function splitTarget(target: string): { path: string; query: string } {
  const [path = '', ...query] = target.replace(/^http:\/\/[^/?]*/i, '').split('?');
  return { path: path || '/', query: query.join('?') };
}
