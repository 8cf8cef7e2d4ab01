import type { EventToPublish, MockConnection, ServeOptions } from '../mock/eventStreamMock';

/** A stream of a Redis (or Valkey) that any number of servers send, on any machines. */
export interface RedisLocation {
  /**
   * Where it is: `redis://HOST:6379`, or `rediss://` for TLS; `/1` behind it is a database. User and password stand in it, or in
   * the environment's `REDIS_URL` if that names the same host and port.
   */
  redis: string | URL;
  /** The stream's name: the key in Redis. */
  stream: string;
}

/** Options of `serveEventStream` for a Redis stream. */
export interface RedisServeOptions
  extends Pick<
    ServeOptions,
    'port' | 'allowOrigins' | 'maxConnections' | 'onOpen' | 'onClose' | 'onRefuse' | 'onPublish'
  > {
  /** Whether a client without an id gets all that is kept; else what comes from then on. Default: false. */
  fromStart?: boolean | undefined;
  /** Number of entries that are kept, about: when one is published, older ones are trimmed away. 1 to 1,000,000,000. Default: 10,000. */
  keep?: number | undefined;
  /** Time between comments that keep silent streams open, in milliseconds, 10 to 3,600,000. Default: 15,000. */
  commentInterval?: number | undefined;
  /** Time that Redis may take for an answer, in milliseconds, 10 to 3,600,000; then it counts as gone. Default: 5,000. */
  redisTimeout?: number | undefined;
  /** Called with a sentence when Redis is gone, and with undefined when it is back. Default: none. */
  onProblem?: ((problem: string | undefined) => void) | undefined;
}

/** A server of a Redis stream, on 127.0.0.1. Behind `close`, publishing fails: "The server is closed." */
export interface RedisEventStream extends AsyncDisposable {
  /** URL of the stream: `http://127.0.0.1:8080/event`. */
  readonly url: string;
  readonly port: number;
  /** The open connections of this server, the oldest first. */
  readonly connections: readonly MockConnection[];
  /**
   * Stores an event for the clients of all servers. Resolves with the id that Redis has given it.
   * @throws {TypeError} if `event` has a line end, `data` can't be JSON, or it has an `id`, or a `path`
   * @throws {RangeError} if it is larger than 1 MB
   * @throws {RedisError} if Redis is gone, or refuses it
   */
  publish(event: EventToPublish): Promise<string>;
  /** Ends all streams, frees the port, and closes the connections to Redis. May be called more than once. */
  close(): Promise<void>;
}
