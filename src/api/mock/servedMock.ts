import page from '../../../media/page.html';
import { askedRefusal } from '../../server/control/askedRefusal';
import { ALLOWED_ORIGINS, MAX_CONNECTIONS, REFUSED_TIMES, RETRY_AFTER, WAIT_TIMEOUT } from '../../server/defaults';
import { RequestGuard } from '../../server/guard/requestGuard';
import { type Listening, PortRefusedError } from '../../server/http/listening';
import type { ScriptSource } from '../../server/script/scriptSource';
import type { OpenedConnection, PathStream, StreamSink } from '../../server/source';
import { SseServer } from '../../server/sseServer';
import { ClosedError, type WaitLimits } from '../../server/wait';
import type { Turns } from '../../turns/turns';
import { anyNumber, ownOptions, refusalStatus, wholeNumber } from '../options/checkedOption';
import { called } from './called';
import type {
  EventStreamMock,
  EventToPublish,
  MockConnection,
  MockRequest,
  RefuseOptions,
  ServeOptions,
  WaitOptions,
} from './eventStreamMock';
import type { ContentWatch, MockContent } from './mockContent';
import { publishedEvent } from './publishedEvent';
import { RequestLog } from './requestLog';
import { ServedConnection } from './servedConnection';
import { ServeError } from './serveError';

/** Range of timeouts, in milliseconds; the longest that a timer takes. */
const TIMEOUT = { minimum: 0, maximum: 2 ** 31 - 1 };

/** A server that plays scripts. Its options are checked already. */
export class ServedMock implements EventStreamMock {
  readonly #options: ServeOptions;
  readonly #source: ScriptSource;
  readonly #server: SseServer;
  readonly #requests = new RequestLog();
  readonly #byOpened = new WeakMap<OpenedConnection, ServedConnection>();
  readonly #bySink = new WeakMap<StreamSink, ServedConnection>();
  readonly #own = new WeakSet<MockConnection>();
  #listening: Listening = { url: '', port: 0 };
  readonly #content: MockContent;
  #watch: ContentWatch | undefined;
  #isClosed = false;

  constructor(content: MockContent, turns: Turns, options: ServeOptions) {
    [this.#content, this.#options] = [content, options];
    this.#source = content.newSource({
      turns,
      speed: options.speed,
      seed: options.seed,
      onChange: () => undefined,
      onOpen: (opened, sink) => this.#noteOpened(opened, sink),
      onPublish: ({ events, bytes }, connections) =>
        called(options.onPublish, { events, bytes: bytes.length, connections }),
    });
    if (options.shared) this.#source.share(true);
    this.#server = this.#createServer(turns);
  }

  get url(): string {
    return this.#listening.url + (this.#source.main?.path.slice(1) ?? '');
  }

  get port(): number {
    return this.#listening.port;
  }

  get connections(): readonly MockConnection[] {
    return this.#source.control.openConnections.flatMap((opened) => this.#byOpened.get(opened) ?? []);
  }

  get requests(): readonly MockRequest[] {
    return this.#requests.all;
  }

  /** Listens, and watches the files, if they are to be watched. @throws {ServeError} @throws {ScriptError} */
  async listen(port: number, isWatched: boolean): Promise<void> {
    try {
      this.#listening = await this.#server.listen(port, { exact: true });
      const { onRead } = this.#options;
      if (isWatched) this.#watch = this.#content.watch(this.#source, (problem) => called(onRead, problem));
    } catch (error) {
      await this.close();
      if (error instanceof PortRefusedError) throw new ServeError(error.message, error.port, error.code);
      throw error;
    }
  }

  async connection(options: WaitOptions = {}): Promise<MockConnection> {
    const opened = await this.#control.nextConnection(limitsOf(options));
    const connection = this.#byOpened.get(opened);
    if (!connection) throw new Error(`Connection ${opened.id} has no request.`);
    return connection;
  }

  publish(event: EventToPublish): number {
    this.#throwIfClosed();
    const count = this.#source.publish(publishedEvent(event), this.#streamOn(event.path));
    if (count === undefined) throw new Error('Too much is queued for clients that don’t read. Publish again later.');
    return count;
  }

  drop(connection?: MockConnection): void {
    const control = this.#control;
    if (connection && !this.#own.has(connection)) throw new TypeError('This is no connection of this server.');
    for (const { id } of connection ? [connection] : control.openConnections) control.drop(id);
  }

  refuseNext(status = 503, options: RefuseOptions = {}): void {
    const control = this.#control;
    const { retryAfter, times = REFUSED_TIMES.default } = ownOptions(options);
    refusalStatus(status);
    wholeNumber('times', times, REFUSED_TIMES);
    if (retryAfter !== undefined) wholeNumber('retryAfter', retryAfter, RETRY_AFTER);
    if (control.refuseNext(askedRefusal(status, retryAfter), times) !== undefined) return;
    throw new RangeError(`At most ${REFUSED_TIMES.maximum} requests can be refused in advance.`);
  }

  async idle(options: WaitOptions = {}): Promise<void> {
    await this.#control.idle(limitsOf(options));
  }

  pause(): void {
    this.#throwIfClosed();
    this.#source.pause(true);
  }

  resume(): void {
    this.#throwIfClosed();
    this.#source.pause(false);
  }

  restart(): void {
    this.#throwIfClosed();
    this.#source.restart();
  }

  close(): Promise<void> {
    this.#isClosed = true;
    this.#watch?.close();
    this.#source.control.close();
    return this.#server.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  get #control() {
    this.#throwIfClosed();
    return this.#source.control;
  }

  #throwIfClosed(): void {
    if (this.#isClosed) throw new ClosedError();
  }

  #createServer(turns: Turns): SseServer {
    const { allowOrigins = [], maxConnections = MAX_CONNECTIONS.default, onOpen, onClose, onRefuse } = this.#options;
    return new SseServer({
      readPage: async () => page,
      source: this.#source,
      guard: new RequestGuard(
        [...ALLOWED_ORIGINS, ...allowOrigins],
        'The option allowOrigins, or --allow-origin, names others that may.',
      ),
      turns,
      maxConnections,
      connectionsAdvice: 'The option maxConnections allows more.',
      onOpen: (connection) => this.#tell(onOpen, connection),
      onClose: (connection) => this.#tell(onClose, connection),
      onRefuse: () => undefined,
      onAnswer: (request, answer) => {
        const noted = this.#requests.add(request, answer);
        if (answer.status !== 200) called(onRefuse, noted);
      },
      // Nothing of the caller's failed, and the server goes on.
      onError: (error) => process.emitWarning(error instanceof Error ? error : String(error)),
    });
  }

  /** @throws {TypeError} if there is no stream on the path */
  #streamOn(path: string | undefined): PathStream | undefined {
    if (path === undefined) return undefined;
    const stream = this.#source.streamOn(path);
    if (!stream) throw new TypeError(`There is no stream on ${JSON.stringify(path)}.`);
    return stream;
  }

  #noteOpened(opened: OpenedConnection, sink: StreamSink): void {
    const request = this.#requests.of(sink.request);
    if (!request) return;
    const connection = new ServedConnection(opened, request);
    this.#own.add(connection);
    this.#byOpened.set(opened, connection);
    this.#bySink.set(sink, connection);
  }

  /** Calls a handler once the stream is played, or has ended: it may drop it. */
  #tell(handler: ServeOptions['onOpen'], sink: StreamSink): void {
    const connection = this.#bySink.get(sink);
    if (connection) called(handler, connection);
  }
}

function limitsOf(options: WaitOptions): WaitLimits {
  const { timeout = 1000 * WAIT_TIMEOUT.default, signal } = ownOptions(options);
  return { timeout: anyNumber('timeout', timeout, TIMEOUT, ' of milliseconds'), signal };
}
