import page from '../../../media/page.html';
import { ALLOWED_ORIGINS, MAX_CONNECTIONS } from '../../server/defaults';
import { RequestGuard } from '../../server/guard/requestGuard';
import { type Listening, PortRefusedError } from '../../server/http/listening';
import { entryEvents } from '../../server/redis/entries/entryEvents';
import { RedisSource } from '../../server/redis/redisSource';
import type { RedisStream } from '../../server/redis/redisStream';
import type { OpenedConnection, StreamSink } from '../../server/source';
import { SseServer } from '../../server/sseServer';
import { ClosedError } from '../../server/wait';
import type { Turns } from '../../turns/turns';
import { called } from '../mock/called';
import type { EventToPublish, MockConnection } from '../mock/eventStreamMock';
import { publishedEvent } from '../mock/publishedEvent';
import { RequestLog } from '../mock/requestLog';
import { ServedConnection } from '../mock/servedConnection';
import { ServeError } from '../mock/serveError';
import type { RedisEventStream, RedisServeOptions } from './redisEventStream';

/** A server of a Redis stream. Its options are checked already. */
export class ServedRedis implements RedisEventStream {
  readonly #options: RedisServeOptions;
  readonly #turns: Turns;
  readonly #stream: RedisStream;
  readonly #requests = new RequestLog();
  readonly #byOpened = new WeakMap<OpenedConnection, ServedConnection>();
  readonly #bySink = new WeakMap<StreamSink, ServedConnection>();
  #source: RedisSource | undefined;
  #server: SseServer | undefined;
  #listening: Listening = { url: '', port: 0 };
  #closing: Promise<void> | undefined;

  /** @param stream that isn't open yet @param turns those in which the stream encodes entries */
  constructor(stream: RedisStream, options: RedisServeOptions, turns: Turns) {
    [this.#stream, this.#options, this.#turns] = [stream, options, turns];
  }

  get url(): string {
    return `${this.#listening.url}event`;
  }

  get port(): number {
    return this.#listening.port;
  }

  get connections(): readonly MockConnection[] {
    return (this.#source?.openConnections ?? []).flatMap((opened) => this.#byOpened.get(opened) ?? []);
  }

  /** Connects to Redis, and listens. @throws {RedisError} @throws {ServeError} */
  async listen(port: number): Promise<void> {
    const source = this.#newSource(await this.#stream.open());
    this.#source = source;
    this.#server = this.#newServer(source);
    try {
      this.#listening = await this.#server.listen(port, { exact: true });
    } catch (error) {
      await this.close();
      if (error instanceof PortRefusedError) throw new ServeError(error.message, error.port, error.code);
      throw error;
    }
  }

  async publish(event: EventToPublish): Promise<string> {
    if (this.#closing || !this.#source) throw new ClosedError();
    const publication = publishedEvent(event);
    if (event.id !== undefined)
      throw new TypeError('Redis gives the ids of this stream: publish events without an id.');
    if (event.path !== undefined) throw new TypeError('This server has one stream: publish without a path.');
    const [id = ''] = await this.#source.add(await entryEvents(publication.bytes, this.#turns));
    this.#notePublished(1, publication.bytes.length);
    return id;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    await this.#server?.close();
    this.#source?.close();
    this.#stream.close();
  }

  #newSource(history: Awaited<ReturnType<RedisStream['open']>>): RedisSource {
    const { fromStart = false, commentInterval } = this.#options;
    return new RedisSource({
      stream: this.#stream,
      history,
      fromStart,
      commentInterval,
      turns: this.#turns,
      onOpen: (opened, sink) => this.#noteOpened(opened, sink),
      onPublish: ({ events, bytes }) => this.#notePublished(events, bytes.length),
      onError,
    });
  }

  #newServer(source: RedisSource): SseServer {
    const { allowOrigins = [], maxConnections = MAX_CONNECTIONS.default, onOpen, onClose, onRefuse } = this.#options;
    const tell = (handler: typeof onOpen, sink: StreamSink) => {
      const connection = this.#bySink.get(sink);
      if (connection) called(handler, connection);
    };
    return new SseServer({
      readPage: async () => page,
      source,
      guard: new RequestGuard(
        [...ALLOWED_ORIGINS, ...allowOrigins],
        'The option allowOrigins, or --allow-origin, names others that may.',
      ),
      turns: this.#turns,
      maxConnections,
      connectionsAdvice: 'The option maxConnections, or --max-connections, allows more.',
      onOpen: (sink) => tell(onOpen, sink),
      onClose: (sink) => tell(onClose, sink),
      onRefuse: () => undefined,
      onAnswer: (request, answer) => {
        const noted = this.#requests.add(request, answer);
        if (answer.status !== 200) called(onRefuse, noted);
      },
      onError,
    });
  }

  #noteOpened(opened: OpenedConnection, sink: StreamSink): void {
    const request = this.#requests.of(sink.request);
    if (!request) return;
    const connection = new ServedConnection(opened, request);
    this.#byOpened.set(opened, connection);
    this.#bySink.set(sink, connection);
  }

  #notePublished(events: number, bytes: number): void {
    called(this.#options.onPublish, { events, bytes, connections: this.#source?.openConnections.length ?? 0 });
  }
}

/** Tells of an error of ours, while the server goes on. */
function onError(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
