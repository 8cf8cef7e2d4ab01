import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Turns } from '../turns/turns';
import { Controller } from './control/controller';
import { fullServer } from './guard/fullServer';
import { type RefusedRequest, refusedRequest } from './guard/refusedRequest';
import type { RequestGuard } from './guard/requestGuard';
import { readLastEventId } from './http/lastEventId';
import { methodAdvice, methodsOf, notFound, pageMethods, streamMethod } from './http/methods';
import { preflightHeaders, Reply } from './http/reply';
import { requestHeader } from './http/requestHeader';
import { splitTarget } from './http/requestTarget';
import { streamHeaders } from './http/streamHeaders';
import type { OpenStreams } from './openStreams';
import { LandingPage } from './page/landingPage';
import { StreamList } from './page/streamList';
import { type Bodies, jsonOf, MAX_SIZE, MAX_SKIPPED } from './publish/bodies';
import { Publisher } from './publish/publisher';
import type { PathStream, Refusal, StreamAnswer, StreamSource } from './source';

export interface RouterOptions {
  /** The streams, and the recipient of publications on their paths and on `/publish`. */
  source: StreamSource;
  /** The guard that decides which requests are let in. */
  guard: RequestGuard;
  /** Turns shared by all servers of the process. */
  turns: Turns;
  /** Maximum number of open streams, not counting the panel's; further requests get 503. */
  maxConnections: number;
  /** A sentence for refused clients that says how to allow more streams. Default: none. */
  connectionsAdvice?: string;
  /** Called when the response to a request is an error. */
  onRefuse(request: RefusedRequest): void;
  /** Called before the answer to a request for a stream is sent, and before each refusal, also of the guard. Default: none. */
  onAnswer?(request: IncomingMessage, answer: StreamAnswer): void;
  /** Called for a failure that must not end the process: of a request's handler, or in accepting a connection. */
  onError(error: unknown): void;
}

/** Refusals of requests whose bodies aren't read as JSON, or not to their ends. */
const BODY_REFUSALS: Readonly<Record<'tooLarge' | 'tooHeavy' | 'tooMany', Refusal>> = {
  tooLarge: { status: 413, reason: `The file reads the request’s body, which may have ${MAX_SIZE} bytes.` },
  tooHeavy: {
    status: 413,
    reason:
      'The file reads the request’s JSON, which has too many different names, texts or elements, or too many levels.',
  },
  tooMany: { status: 503, reason: 'Too many bodies at once. Retry later.', retryAfter: 1 },
};

/** Router of requests by path and method, once the guard has let them in. */
export class RequestRouter {
  /** The page served on `/`. */
  page = new LandingPage('');
  readonly #options: RouterOptions;
  readonly #streams: OpenStreams;
  readonly #bodies: Bodies;
  readonly #publisher: Publisher | undefined;
  readonly #controller: Controller | undefined;

  constructor(options: RouterOptions, streams: OpenStreams, bodies: Bodies) {
    this.#options = options;
    this.#streams = streams;
    this.#bodies = bodies;
    const { source, turns } = options;
    if (source.publish) this.#publisher = new Publisher(source, bodies, turns);
    if (source.control) this.#controller = new Controller(source.control, turns);
  }

  /** Responds to the request, now or later. Never throws. */
  handle(request: IncomingMessage, response: ServerResponse): void {
    this.#attempt(request, response, () => {
      const { refusal, origin } = this.#options.guard.check(request);
      const reply = this.#reply(request, response, origin);
      if (refusal === undefined) {
        this.#route(request, response, reply);
      } else {
        this.#bodies.skip(request);
        reply.refuse({ status: 403, reason: refusal }, { Connection: 'close' });
      }
    });
  }

  #reply(request: IncomingMessage, response: ServerResponse, origin?: string): Reply {
    return new Reply(response, { origin, onRefuse: (refusal) => this.#tellRefusal(request, refusal) });
  }

  #tellRefusal(request: IncomingMessage, refusal: Refusal): void {
    const { onRefuse, onAnswer, source } = this.#options;
    onAnswer?.(request, refusal);
    if (refusal.status !== 200 && source.streamOn(splitTarget(request.url ?? '/').path))
      source.control?.noteRefused(refusal);
    if (refusal.status >= 400) onRefuse(refusedRequest(request, refusal));
  }

  #route(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
    const { path, query } = splitTarget(request.url ?? '/');
    const { method = '' } = request;
    const { source } = this.#options;
    const methods = methodsOf(path, source);
    const stream = source.streamOn(path);
    const upgrade = requestHeader(request, 'upgrade');
    const isPublication =
      method === 'POST' && (path === '/publish' || (stream !== undefined && streamMethod(stream) === 'GET'));
    if (this.#publisher && isPublication && methods.includes('POST')) {
      this.#publisher
        .take(request, response, reply, { query, stream })
        .catch((error: unknown) => this.#fail(request, response, error));
      return;
    }
    if (stream?.readsBody && method === 'POST') {
      this.#readBody(request, response, reply, { stream, query }).catch((error: unknown) =>
        this.#fail(request, response, error),
      );
      return;
    }
    this.#bodies.skip(request);
    if (Number(requestHeader(request, 'content-length') ?? 0) > MAX_SKIPPED) {
      reply.refuse({ status: 413, reason: `A body may have ${MAX_SKIPPED} bytes.` }, { Connection: 'close' });
    } else if (methods.length === 0) {
      reply.refuse({ status: 404, reason: notFound(source) });
    } else if (upgrade !== undefined && upgrade !== 'h2c') {
      // Java's HTTP client offers h2c with every request; a response in HTTP/1.1 declines it (RFC 9110 §7.8).
      reply.refuse({ status: 400, reason: `Upgrade not supported: ${path} is a plain HTTP event stream.` });
    } else if (isPreflight(request) && (stream || path === '/')) {
      const wanted = requestHeader(request, 'access-control-request-headers');
      reply.head(204, preflightHeaders(pageMethods(path, source), wanted)).end();
    } else if (!methods.includes(method)) {
      reply.refuse({ status: 405, reason: methodAdvice(path, source) }, { Allow: methods.join(', ') });
    } else if (path === '/') {
      this.#list(request, reply);
    } else if (stream) {
      this.#stream(request, response, reply, { stream, query });
    } else {
      this.#controller
        ?.take({ request, response, reply }, path, query)
        .catch((error: unknown) => this.#fail(request, response, error));
    }
  }

  #list({ headers }: IncomingMessage, reply: Reply): void {
    const { source } = this.#options;
    if (source.main) {
      reply.send(200, this.page.for(source.main), this.page.headers);
    } else {
      const list = new StreamList(source, headers.host ?? '').for(headers.accept);
      reply.send(200, list.body, list.headers);
    }
  }

  /** Reads a request's body, then opens its stream. */
  async #readBody(
    request: IncomingMessage,
    response: ServerResponse,
    reply: Reply,
    { stream, query }: { stream: PathStream; query: string },
  ): Promise<void> {
    const body = await this.#bodies.read(request, response, async (bytes) => {
      // Many bodies may end at the same time.
      await this.#options.turns.next();
      return jsonOf(bytes);
    });
    if (response.destroyed) return;
    if (typeof body === 'object') return this.#stream(request, response, reply, { stream, query, body: body.json });
    this.#bodies.skip(request);
    if (body !== 'left') reply.refuse(BODY_REFUSALS[body], { Connection: 'close' });
  }

  #stream(
    request: IncomingMessage,
    response: ServerResponse,
    reply: Reply,
    { stream, query, body }: { stream: PathStream; query: string; body?: unknown },
  ): void {
    const { maxConnections } = this.#options;
    const { exclusive } = this.#streams;
    const attempt = exclusive.readAttempt(query);
    const isPanel = attempt !== undefined;
    const { method = '' } = request;
    const header = requestHeader(request, 'last-event-id');
    const { lastEventId, query: options } = readLastEventId(header, isPanel ? '' : query);
    const opened = stream.openStream({
      ...{ method, query: options, lastEventId, body },
      // Few streams read them, and Node keeps what it makes of them.
      get headers() {
        return request.headers;
      },
    });
    if (opened.play === undefined) {
      reply.refuse(opened);
    } else if (isPanel && exclusive.isLate(attempt)) {
      // A late attempt must not end the stream of a newer one.
      reply.refuse({ status: 409, reason: 'The panel has made a newer attempt.' });
    } else if (!isPanel && this.#streams.countOfOthers >= maxConnections) {
      reply.refuse(fullServer(maxConnections, this.#options.connectionsAdvice));
    } else if (method === 'HEAD') {
      reply.head(200, streamHeaders(request, opened.headers)).end();
    } else if (response.socket) {
      const open = () => {
        this.#options.onAnswer?.(request, opened);
        this.#streams.open(request, reply.head(200, streamHeaders(request, opened.headers)), opened.play, attempt);
      };
      this.#streams.openAfter(opened.headDelay ?? 0, request, response, () => this.#attempt(request, response, open));
    } else {
      // The request is pipelined behind an unfinished response, possibly an endless stream. Node 20 doesn't report its end.
      reply.refuse({
        status: 400,
        reason: 'A stream needs its own connection; it can’t be pipelined behind another request.',
      });
    }
  }

  /** Does a part of the work for a request. Never throws. */
  #attempt(request: IncomingMessage, response: ServerResponse, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#fail(request, response, error);
    }
  }

  #fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    this.#options.onError(error);
    if (response.headersSent) response.destroy();
    else this.#reply(request, response).refuse({ status: 500, reason: 'Internal error. See the log.' });
  }
}

/** Whether a browser asks what a page may do (Fetch §4.9 "CORS-preflight fetch"). */
function isPreflight(request: IncomingMessage): boolean {
  const needed = ['origin', 'access-control-request-method'];
  return request.method === 'OPTIONS' && needed.every((name) => requestHeader(request, name));
}
