/** Where a script is: the path or `file:` URL of a `.sse` file, or its text. */
export type ScriptLocation = string | URL | { text: string };

/**
 * A script, which is on `/event` and on the path of its file; a folder, whose files are on their paths each:
 * `api/orders.sse` on `/api/orders`; or several files.
 */
export type ServedLocation = ScriptLocation | readonly (string | URL)[];

/** Options of `serveEventStream`. */
export interface ServeOptions {
  /** Port on 127.0.0.1; a taken one is an error. Default: 0, any free port. */
  port?: number | undefined;
  /** Factor by which the script is played faster than it says, from 0.1 to 1000. Default: 1. */
  speed?: number | undefined;
  /** Seed of pauses of random length, `{{random}}` and `{{uuid}}`, from 0 to 4294967295: the same, connection by connection. Default: random. */
  seed?: number | undefined;
  /** Origins of pages that may read the stream, beside those of this machine, e.g. `https://app.example`. Default: none. */
  allowOrigins?: readonly string[] | undefined;
  /** Whether all connections share one timeline, which begins with the server. Default: false, each has its own. */
  shared?: boolean | undefined;
  /** Maximum number of open streams; further requests get 503. Default: 1000. */
  maxConnections?: number | undefined;
  /** Whether files are read again when they have changed, and new ones taken up; new connections play what was read. Default: false. */
  watch?: boolean | undefined;
  /** Called when a file was read again, after a change: with sentences that say what is wrong, a line each, or undefined. Needs `watch`. */
  onRead?: ((problem: string | undefined) => void) | undefined;
  /** Called when a stream was opened. Default: none. */
  onOpen?: ((connection: MockConnection) => void) | undefined;
  /** Called when a stream has ended, by either side. Default: none. */
  onClose?: ((connection: MockConnection) => void) | undefined;
  /** Called when a request was refused, also with 204. Default: none. */
  onRefuse?: ((request: MockRequest) => void) | undefined;
  /** Called when something was published, over HTTP or by `publish`. Default: none. */
  onPublish?: ((publication: { events: number; bytes: number; connections: number }) => void) | undefined;
}

/** Limits of a wait. */
export interface WaitOptions {
  /** Maximum time to wait, in milliseconds. Default: 30,000. */
  timeout?: number | undefined;
  /** Ends the wait; it rejects with the signal's reason. Default: none. */
  signal?: AbortSignal | undefined;
}

/** A request for the stream, or one that was refused. */
export interface MockRequest {
  method: string;
  /** Path and query, as they were sent: `/event?room=7`. At most 2,000 characters. */
  url: string;
  /** Headers, with names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** `Last-Event-ID` that it came with; empty if none. */
  lastEventId: string;
  /** `Origin` of the page; undefined if none was sent: by a program, or a page of the server's own. */
  origin: string | undefined;
  /** Address and port of the client, e.g. `127.0.0.1:50123`. */
  remote: string;
  /** Time of the request, in milliseconds since 1970. */
  time: number;
  /** Status of the response. */
  status: number;
  /** The sentence in the response if it is a refusal; empty if it had none. */
  reason: string;
}

/** A stream that was opened. */
export interface MockConnection {
  /** Number of the connection, from 1, in the order of opening. */
  readonly id: number;
  readonly request: MockRequest;
  /** `Last-Event-ID` that the client came with; empty if none. */
  readonly lastEventId: string;
  readonly origin: string | undefined;
  /** Time of opening, in milliseconds since 1970. */
  readonly since: number;
  readonly eventsSent: number;
  readonly isOpen: boolean;
  /** Whether the stream was cut off because its client didn't read. */
  readonly wasCutOff: boolean;
}

/** An event to publish. */
export interface EventToPublish {
  /** Data; anything but a string becomes JSON. Default: empty. */
  data?: unknown;
  /** Type of the event, on one line. Default: `message`. */
  event?: string | undefined;
  /** Id of the event, on one line without NUL. Default: none. */
  id?: string | undefined;
  /** Path of the stream that it is sent on, if several are served. Default: all. */
  path?: string | undefined;
}

/** Options of `refuseNext`. */
export interface RefuseOptions {
  /** `Retry-After`, in whole seconds; 204 goes without. Default: no such header. */
  retryAfter?: number | undefined;
  /** Number of requests to refuse, up to 1000. Default: 1. */
  times?: number | undefined;
}

/** A server that plays scripts, on 127.0.0.1. Behind `close`, all its calls but that fail: "The server is closed." */
export interface EventStreamMock extends AsyncDisposable {
  /** URL of the stream: `http://127.0.0.1:8080/event`; of several, the server’s: `http://127.0.0.1:8080/`. */
  readonly url: string;
  readonly port: number;
  /** The open connections, the oldest first. */
  readonly connections: readonly MockConnection[];
  /** The requests for the stream, and all that were refused; the last 1,000, the oldest first. */
  readonly requests: readonly MockRequest[];
  /**
   * Resolves with the next connection that no call gave yet; also one that is there already, or was. Without a call, the
   * last 1,000 are kept.
   * @throws {WaitTimeoutError} with a sentence that says what came instead
   */
  connection(options?: WaitOptions): Promise<MockConnection>;
  /**
   * Sends an event on every connection, or on those of one path; clients that reconnect with its id resume behind it.
   * @returns the number of connections that take it
   * @throws {TypeError} if `event` or `id` has a line end, `id` has NUL, `data` can't be JSON, or no stream is on `path`
   * @throws {RangeError} if it is larger than 1 MB
   * @throws {Error} if clients don't read, and too much is queued for them already
   */
  publish(event: EventToPublish): number;
  /**
   * Closes the connection in the middle of its response, as a broken network does, behind what was published before, and
   * what is due; one that is closed already stays so.
   * @param connection Default: all
   * @throws {TypeError} if it isn't a connection of this server
   */
  drop(connection?: MockConnection): void;
  /**
   * Refuses the next request for the stream, after those that are refused already: up to 1000 in all.
   * @param status 204, or 400 to 599. Default: 503
   * @throws {RangeError} if it, or an option, is out of its range
   */
  refuseNext(status?: number, options?: RefuseOptions): void;
  /**
   * Resolves when, on each open connection, nothing waits to be sent, and nothing of the script is due within the next
   * second: also if it is paused, stalled or over.
   * @throws {WaitTimeoutError} with a sentence that says what is still due
   */
  idle(options?: WaitOptions): Promise<void>;
  /** Pauses the script on all connections; publications are still sent. */
  pause(): void;
  resume(): void;
  /** Plays the script from its beginning on every connection. */
  restart(): void;
  /** Ends all streams and frees the port. May be called more than once. */
  close(): Promise<void>;
}
