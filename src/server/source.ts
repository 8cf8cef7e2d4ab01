import type { OutgoingEvent } from '../stream/encode';

/** The source of a server's streams, and the recipient of publications. */
export interface StreamSource {
  /** The method of requests for a stream. Default: GET, and HEAD for its headers. */
  readonly streamMethod?: 'GET' | 'POST';
  /** The types of its events except `message`, for the page on `/`. Default: none. */
  readonly eventTypes?: Iterable<string>;
  readonly openStream: OpenStream;
  /** Sends a publication on every connection. Default: publishing is not supported. */
  readonly publish?: Publish;
}

/**
 * Returns the answer to a request for a stream, from its query string (without `?`) and the last id that the client has
 * seen. `forHead`: whether the request is a HEAD request.
 */
export type OpenStream = (query: string, lastEventId: string | undefined, forHead?: boolean) => StreamAnswer;

/** Response to a request for a stream: a stream, or a refusal. */
export type StreamAnswer = { status: 200; play: Play } | Refusal;

/** Starts to send on the stream, and returns a function that stops it. */
export type Play = (sink: StreamSink) => () => void;

/** Response in place of a stream. After status 204, an EventSource doesn't reconnect (WHATWG HTML §9.2.3). */
export interface Refusal {
  status: number;
  play?: undefined;
  /** A sentence for the client. Default: no body. */
  reason?: string;
  /** `Retry-After`, in seconds. Default: no such header. */
  retryAfter?: number | undefined;
}

/** Sends a publication and returns the number of its recipients; undefined if too much is queued for clients already. */
export type Publish = (publication: Publication) => number | undefined;

/** Published bytes of an event stream, and the ids that its blocks set. */
export interface Publication {
  bytes: Uint8Array;
  ids: readonly PublishedId[];
}

export interface PublishedId {
  /** The id without surrounding whitespace, as a client sends it in a header. */
  id: string;
  /** Offset of the end of the block that sets it, in bytes. */
  end: number;
}

/** An open event stream, as its source sees it. Writes after its end are ignored; it may be ended more than once. */
export interface StreamSink {
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
