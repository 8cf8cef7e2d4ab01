import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { OutgoingEvent } from '../stream/encode';
import type { WaitLimits } from './wait';

/** The streams of a server, each on a path, and the recipient of publications. */
export interface StreamSource {
  /** The stream that the page on `/` shows; undefined if there are several, which that page lists. */
  readonly main: PathStream | undefined;
  /** All streams, in the order in which they are listed. */
  readonly streams: readonly PathStream[];
  /** Returns the stream on a path; undefined if there is none. */
  streamOn(path: string): PathStream | undefined;
  /**
   * Sends a publication on every connection, or on those of one stream; or stores it where several servers read it. Default:
   * publishing is not supported.
   */
  readonly publish?: (publication: Publication, stream?: PathStream) => ReturnType<Publish> | Promise<Stored | Refusal>;
  /** Control of its connections, over HTTP. Default: not supported. */
  readonly control?: SourceControl;
}

/** A stream on a path of a server. */
export interface PathStream {
  /** The path by which it is made known. */
  readonly path: string;
  /** Another path that it is on. Default: none. */
  readonly alias?: string | undefined;
  /** Methods of requests for it; GET comes with HEAD, unless POST begins the stream. */
  readonly methods: readonly StreamMethod[];
  /** The types of its events except `message`, for the page on `/`. */
  readonly eventTypes: Iterable<string>;
  /** Whether a request's body is read before the stream is opened. */
  readonly readsBody: boolean;
  readonly openStream: OpenStream;
}

export type StreamMethod = 'GET' | 'POST';

/** A request for a stream. */
export interface StreamRequest {
  method: string;
  /** Query string, without `?` and without the last event ID. */
  query: string;
  /** The last id that the client has seen; undefined or empty if none. */
  lastEventId: string | undefined;
  headers: IncomingHttpHeaders;
  /** The body as JSON; undefined if there is none, it is no JSON, or the stream doesn't read it. */
  body?: unknown;
}

/** Control of a source's connections and of the next requests, for tests in any language. */
export interface SourceControl {
  /** The open connections, the oldest first. */
  readonly openConnections: readonly OpenedConnection[];
  /** Resolves with the next connection that no call gave yet; also one that is there already, or came and went. */
  nextConnection(limits: WaitLimits): Promise<OpenedConnection>;
  /** Drops the connection of that id. @returns whether it was open */
  drop(id: number): boolean;
  /** Drops all open connections, in turns. Resolves with their number. */
  dropAll(): Promise<number>;
  /**
   * Refuses the next requests for a stream, after those that are refused already.
   * @returns the number of all that will be refused; undefined if that would be more than 1000: none is added then
   */
  refuseNext(refusal: Refusal, times: number): number | undefined;
  /** Notes that a request for a stream was refused, for the error of a wait. */
  noteRefused(refusal: Refusal): void;
}

/** A stream that was opened. */
export interface OpenedConnection {
  /** Number of the connection, from 1, in the order of opening. */
  readonly id: number;
  /** Path that it was asked for. */
  readonly path: string;
  /** Time of opening, in milliseconds since 1970. */
  readonly since: number;
  /** `Last-Event-ID` that the client came with; empty if none. */
  readonly lastEventId: string;
  /** `Origin` of the page; undefined if none was sent. */
  readonly origin: string | undefined;
  readonly eventsSent: number;
  readonly isOpen: boolean;
  /** Whether the stream was cut off because its client didn't read. */
  readonly wasCutOff: boolean;
}

/** Returns the answer to a request for a stream. */
export type OpenStream = (request: StreamRequest) => StreamAnswer;

/** Response to a request for a stream: a stream, or something in its place. */
export type StreamAnswer = StreamOpening | Refusal;

/** Response with a stream. */
export interface StreamOpening {
  status: 200;
  play: Play;
  /** Headers in addition to ours, or in place of those of the same name. Default: none. */
  headers?: readonly (readonly [name: string, value: string])[];
  /** Time until the head is sent, in milliseconds. Default: 0. */
  headDelay?: number;
}

/** Starts to send on the stream, and returns a function that stops it. */
export type Play = (sink: StreamSink) => () => void;

/** Response in place of a stream. After status 204, an EventSource doesn't reconnect (WHATWG HTML §9.2.3). */
export interface Refusal {
  status: number;
  play?: undefined;
  /** A sentence for the client. Default: no body. */
  reason?: string;
  /** Body in place of the sentence; JSON is sent as that. Bytes are JSON, and are the same for all who ask. Default: none. */
  body?: string | Uint8Array | undefined;
  /** `Retry-After`, in seconds. Default: no such header. */
  retryAfter?: number | undefined;
  /** `Allow`: the methods that are supported. Default: no such header. */
  allow?: string;
}

/** Sends a publication and returns the number of its recipients; undefined if too much is queued for clients already. */
export type Publish = (publication: Publication) => number | undefined;

/** Answer to a publication that is stored: a sentence. */
export interface Stored {
  text: string;
}

/** Bytes of whole blocks of an event stream. */
export interface Blocks {
  bytes: Uint8Array;
  /** Number of events in them. */
  events: number;
}

/** Published blocks, and the ids that they set. */
export interface Publication extends Blocks {
  ids: readonly PublishedId[];
}

export interface PublishedId {
  /** The id without surrounding whitespace, as a client sends it in a header. */
  id: string;
  /** Offset of the end of the block that sets it, in bytes. */
  end: number;
  /** Number of events up to there. */
  events: number;
}

/** An open event stream, as its source sees it. Writes after its end are ignored; it may be ended more than once. */
export interface StreamSink {
  /** The request that opened it. */
  readonly request: IncomingMessage;
  /** Address and port of the client, e.g. `127.0.0.1:50123`; `unknown` if it disconnected before it was served. */
  readonly remote: string;
  /** The client's User-Agent; empty if it sends none. */
  readonly userAgent: string;
  readonly eventsSent: number;
  /** Whether the stream was cut off because its client didn't read. */
  readonly wasCutOff: boolean;
  /** Time since the stream was opened, in milliseconds. */
  readonly age: number;
  /** Whether the socket needs to drain before more is written. */
  readonly isFull: boolean;
  /** Calls `onDrain` once, when the socket has drained; not if the stream ends first. To be called while it is full. */
  onceDrained(onDrain: () => void): void;
  /** Number of written bytes that haven't been passed to the system yet. */
  readonly unsent: number;
  /** Calls `onFlushed` once, when all that was written has been passed to the system, or the connection is closed. */
  onceFlushed(onFlushed: () => void): void;
  send(event: OutgoingEvent): void;
  /** Sends encoded events. Cuts off a client that doesn't read. @param events number of events that end in the text */
  write(text: string | Uint8Array, events?: number): void;
  /** Ends the stream with a complete response. */
  end(): Promise<void>;
  /** Closes the connection after the data written so far; the response is left incomplete. */
  breakOff(): Promise<void>;
  /** Resets the connection (TCP RST) after the data written so far; the client may lose data that it hasn't read. */
  reset(): Promise<void>;
  /** Destroys the connection at once, for a client that doesn't read. */
  cutOff(): void;
}
