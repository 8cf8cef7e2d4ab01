import type { OutgoingEvent } from '../stream/encode';

/** What a server streams, and what it takes. */
export interface StreamSource {
  /** The method that a stream is asked for with. Default: GET, and HEAD for its headers. */
  readonly streamMethod?: 'GET' | 'POST';
  /** The types of its events beside `message`, for the page on `/`. Default: none. */
  readonly eventTypes?: Iterable<string>;
  readonly openStream: OpenStream;
  /** Sends a publication on every connection. Default: nothing can be published. */
  readonly publish?: Publish;
}

/**
 * Decides about a request for a stream from its query string (without `?`) and the id that the client has seen last;
 * `forHead`: only its head is asked for.
 */
export type OpenStream = (query: string, lastEventId: string | undefined, forHead?: boolean) => StreamAnswer;

/** Response to a request for a stream: a stream, or a status and a sentence for the client. */
export type StreamAnswer = { status: 200; play: Play } | Refusal;

/** Starts to send on the stream, and returns what stops it. */
export type Play = (sink: StreamSink) => () => void;

/** Response in place of a stream. 204: nothing more to come, an EventSource then stops for good (WHATWG HTML §9.2.3). */
export interface Refusal {
  status: number;
  play?: undefined;
  /** A sentence for the client. Default: no body. */
  reason?: string;
  /** When it may come again, in seconds. Default: not said. */
  retryAfter?: number | undefined;
}

/** Returns how many connections take the publication; undefined where too much is queued for clients already. */
export type Publish = (publication: Publication) => number | undefined;

/** Bytes of an event stream that are published, and the ids that its blocks set. */
export interface Publication {
  bytes: Uint8Array;
  ids: readonly PublishedId[];
}

export interface PublishedId {
  /** Without blanks around it, as a client says it in a header. */
  id: string;
  /** Where the block ends that sets it, in bytes. */
  end: number;
}

/** One open event stream, as its source sees it. Once it has ended, nothing more is sent; to end it twice is fine. */
export interface StreamSink {
  /** Address and port of the client, e.g. `127.0.0.1:50123`; `unknown` for one that had gone before it was served. */
  readonly remote: string;
  /** The client's own name (User-Agent); empty: it has none. */
  readonly userAgent: string;
  readonly eventsSent: number;
  /** Whether the stream was cut off since its client didn't read. */
  readonly wasCutOff: boolean;
  /** Milliseconds since the stream was opened. */
  readonly age: number;
  /** Whether the system takes no more, until the client reads. */
  readonly isFull: boolean;
  /** Calls once when all that was written has been taken, unless the stream ends first; to be asked for while it is full. */
  onceDrained(onDrain: () => void): void;
  send(event: OutgoingEvent): void;
  /** Sends what is an event stream already. A client that doesn't read is cut off. @param events how many end in it */
  write(text: string | Uint8Array, events?: number): void;
  /** Ends the stream as the protocol asks, so that the client sees a whole response. */
  end(): Promise<void>;
  /** Closes the connection behind what has been sent: the response isn't whole. */
  breakOff(): Promise<void>;
  /** Resets the connection (TCP RST) behind what has been sent; the client may lose what it hasn't read. */
  reset(): Promise<void>;
  /** Ends the stream at once, for a client that doesn't read. */
  cutOff(): void;
}
