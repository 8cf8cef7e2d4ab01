import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Connection, STREAM_HEADERS } from './connection';
import type { OpenStream } from './counter';
import { type Listening, listen } from './listening';

const ALLOWED_METHODS = ['GET', 'HEAD'];
/** How long `close` lets clients that don't read take their stream's end, in milliseconds. */
const CLOSE_GRACE = 250;

export interface SseServerOptions {
  /** The HTML file served on `/`, read when the server starts. */
  pageFile: string;
  /** What `/event` streams. */
  openStream: OpenStream;
  /** A stream was opened; it is counted in `connectionCount` already. */
  onOpen(connection: Connection): void;
  /** A stream ended, whoever ended it; it is counted no more. */
  onClose(connection: Connection): void;
  /** Something failed that must not end the process: a request's handler, or accepting a connection. */
  onError(error: unknown): void;
}

/** Serves an event stream on `/event` and a page that shows it on `/`, on the loopback interface. Serves once: closed, it stays closed. */
export class SseServer {
  readonly #options: SseServerOptions;
  readonly #http = createServer((request, response) => this.#handle(request, response));
  readonly #streams = new Set<Connection>();
  #allowedOrigin: string | undefined;
  #page = '';
  #listening: Promise<Listening> | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: SseServerOptions) {
    this.#options = options;
    // The one method that Node doesn't pass to the request handler.
    this.#http.on('connect', (_request, socket) => refuseConnect(socket));
  }

  /** How many streams are open. */
  get connectionCount(): number {
    return this.#streams.size;
  }

  /**
   * Lets pages of this origin read the answers, and of no other.
   * @param origin as in an `Origin` header; `null`, which any sandboxed page sends, allows no one
   */
  allowOrigin(origin: string): void {
    this.#allowedOrigin = origin === 'null' ? undefined : origin;
  }

  /**
   * Listens on the port, or where that is refused on the next free one. To be called once.
   * @param port 0 to 65535; 0 stands for any free one
   * @throws {ServerClosedError} when `close` was called first
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
    this.#page = await readFile(this.#options.pageFile, 'utf8');
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
      this.#setCors(request, response);
      this.#route(request, response);
    } catch (error) {
      this.#options.onError(error);
      if (response.headersSent) response.destroy();
      else answer(response, 500, 'Internal error; the log has it.\n');
    }
  }

  #route(request: IncomingMessage, response: ServerResponse): void {
    const { path, query } = splitTarget(request.url ?? '/');
    if (path !== '/' && path !== '/event') {
      answer(response, 404, 'Not found: the stream is on /event, the page on /.\n');
    } else if (!ALLOWED_METHODS.includes(request.method ?? '')) {
      answer(response, 405, 'Method not allowed: GET and HEAD are.\n', { Allow: ALLOWED_METHODS.join(', ') });
    } else if (path === '/') {
      answer(response, 200, this.#page, { 'Content-Type': 'text/html; charset=utf-8' });
    } else {
      this.#stream(request, response, query);
    }
  }

  #stream(request: IncomingMessage, response: ServerResponse, query: string): void {
    // Node joins a header that is given more than once, so that this is never an array.
    const lastEventId = request.headers['last-event-id'] as string | undefined;
    const opened = this.#options.openStream(query, lastEventId);
    if (opened.status === 204) {
      response.writeHead(204).end();
    } else if (opened.status === 400) {
      answer(response, 400, `${opened.reason}\n`);
    } else if (request.method === 'HEAD') {
      response.writeHead(200, STREAM_HEADERS).end();
    } else if (response.socket) {
      const connection = new Connection(request, response, () => {
        this.#streams.delete(connection);
        this.#options.onClose(connection);
      });
      this.#streams.add(connection);
      connection.start(opened.play);
      this.#options.onOpen(connection);
    } else {
      // Pipelined behind an answer that isn't finished, and a stream's never is. Node 20 wouldn't say when it's over.
      answer(response, 400, 'A stream needs a connection of its own: it can’t be pipelined behind another request.\n');
    }
  }

  #setCors({ headers: { origin } }: IncomingMessage, response: ServerResponse): void {
    response.setHeader('Vary', 'Origin');
    if (origin !== undefined && origin === this.#allowedOrigin) {
      response.setHeader('Access-Control-Allow-Origin', origin);
    }
  }
}

/** Such a socket is no longer the HTTP server's: what becomes of it is decided here. */
function refuseConnect(socket: Duplex): void {
  socket.on('error', () => socket.destroy());
  const allow = `Allow: ${ALLOWED_METHODS.join(', ')}`;
  socket.end(`HTTP/1.1 405 Method Not Allowed\r\n${allow}\r\nConnection: close\r\n\r\n`, () => socket.destroy());
}

/** Path and query of a request's target, in origin-form or absolute-form (RFC 9112 §3.2). Never throws, unlike `new URL`. */
function splitTarget(target: string): { path: string; query: string } {
  const [path = '', ...query] = target.replace(/^http:\/\/[^/?]*/i, '').split('?');
  return { path: path || '/', query: query.join('?') };
}

function answer(response: ServerResponse, status: number, body: string, headers: OutgoingHttpHeaders = {}): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-cache',
    ...headers,
  });
  response.end(body);
}
